"""Courses and classes in bad places: below a folder that rooms read, or in one that Python was installed in."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.limits import RoomLimits
from grader.wall.protocol import Job, Read, Returned, Statement
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.self_attack import attack
from grader.wall.sandbox.view import library_folders
from tests.hostile.conftest import TIERS, opened
from tests.hostile.small_course import write_course

#: another than that of other tests, which search all that a room can read, perhaps while this course lies there
PLACE_CANARY = "canary-of-a-bad-place-93b7d1c2"
PREFIXES = dict.fromkeys(map(Path, (sys.prefix, sys.base_prefix)))
PAGE = (Path(__file__).parents[2] / "docs" / "administrators.md").read_text(encoding="utf-8")
LOOK = """\
import os
found = []
for path in paths:
    try:
        found.append(open(path).read() if os.path.isfile(path) else os.listdir(path))
    except OSError:
        pass
"""


ABOUT = """\
import os
found = []
for path in paths:
    try:
        found.append(os.stat(path).st_size)
    except OSError:
        found.append(None)
"""


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of our own within the parameter, with the small course and a neighbour's notebook, for all to read."""
    parent: Path = request.param
    try:
        made = tempfile.TemporaryDirectory(dir=parent, prefix="hostile-place-")
    except OSError as error:
        pytest.skip(f"{parent} cannot be written: {error}")
    with made as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        write_course(folder, canary=PLACE_CANARY)
        (folder / "neighbour.ipynb").write_text(PLACE_CANARY, encoding="utf-8")
        yield folder


def seen_in_a_room(sandbox: Sandbox, place: Path) -> object:
    """What a room finds of the course and the neighbour by their names."""
    names = (".", "reference", "reference/small/solution.py", "neighbour.ipynb")
    return found_in_a_room(sandbox, LOOK, [place / name for name in names])


def found_in_a_room(sandbox: Sandbox, look: str, paths: Sequence[Path]) -> object:
    """The `found` of a cell that is told these paths."""
    sources = (f"paths = {list(map(str, paths))!r}", look)
    statements = tuple(Statement(cell=1, line=1, source=source, role="cell") for source in sources)
    with sandbox.room(RoomLimits()) as room:
        room.open(Job(statements=statements, target="found", seed=0, files={}, answer_bytes=100_000))
        answer = room.ask([Read(id=0, target="found")])[0]
    assert isinstance(answer, Returned), answer
    return answer.value


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("place", [pytest.param(path, id=str(path)) for path in PREFIXES], indirect=True)
def test_where_python_lives_nothing_but_its_libraries_is_read(tier: str, place: Path) -> None:
    """19, 28: a course in the folder of a virtual environment, or below the prefix of a Python."""
    with opened(tier, "numpy") as sandbox:
        assert seen_in_a_room(sandbox, place) == []


def size_by_permissions(path: Path) -> int | None:
    """What a room's user may learn where nothing but the permissions of folders stands against it: as root that is
    somebody else, who gets through no folder that is its owner's alone."""
    enters = os.geteuid() != 0 or all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
    return path.stat().st_size if enters else None


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("place", [pytest.param(Path(sys.prefix), id="the prefix")], indirect=True)
def test_what_a_guessed_path_tells_is_what_our_page_says(tier: str, place: Path) -> None:
    """19, 22: in tier 1 not even whether it is there; in tier 2 a size, also of a process; never what is in it."""
    paths = [place / "reference/small/solution.py", place / "neighbour.ipynb", Path(f"/proc/{os.getpid()}")]
    with opened(tier, "numpy") as sandbox:
        told = found_in_a_room(sandbox, ABOUT, paths)

    assert told == ([None] * 3 if tier == "namespaces" else list(map(size_by_permissions, paths)))
    assert "in tier 2, that a room cannot learn *about* files and processes" in PAGE


@pytest.mark.parametrize("place", [pytest.param(library_folders()[0], id="site-packages")], indirect=True)
def test_below_a_library_folder_the_course_is_covered(place: Path) -> None:
    """19, 28: with namespaces it is hidden wherever it lies, and its neighbours are still there."""
    with opened("namespaces", "numpy", private=(place, place / "neighbour.ipynb")) as sandbox:
        assert seen_in_a_room(sandbox, place) in ([], [[]])


@pytest.mark.parametrize("place", [pytest.param(library_folders()[0], id="site-packages")], indirect=True)
def test_below_a_library_folder_landlock_refuses_with_the_cure(place: Path) -> None:
    """19, 28: what lies below an allowed folder cannot be forbidden, so nothing is graded there."""
    with (
        pytest.raises(SandboxUnavailable, match=r"Move the course.*to a folder of their own"),
        opened("landlock", "numpy", private=(place,), skips=False),
    ):
        pytest.fail("a sandbox was given")


@pytest.mark.parametrize("place", [pytest.param(library_folders()[0], id="site-packages")], indirect=True)
@pytest.mark.parametrize("tier", TIERS)
def test_the_self_attack_opens_the_real_files(tier: str, place: Path) -> None:
    """19, 28: a sandbox that nobody told of the course does not hold when the attack is told."""
    with opened(tier, "numpy") as sandbox, sandbox.room(RoomLimits()) as room:
        holes = [found for found in attack(room, (place / "reference/small/solution.py",)) if not found.held]

    assert [(found.attempt, str(place) in found.detail) for found in holes] == [
        ("read the course or what was handed in", True)
    ]
