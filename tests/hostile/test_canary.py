"""A secret of the trusted process is never found by a room that greps everything it can reach."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.limits import MEGABYTE, RoomLimits
from grader.wall.protocol import Job, Opened, Read, Returned, Statement
from grader.wall.sandbox import Sandbox
from grader.wall.values import Array, Value
from tests.hostile.conftest import ENVIRONMENT_CANARY, House
from tests.hostile.small_course import COURSE_CANARY

SEARCHER = Path(__file__).with_name("searcher.py").read_text(encoding="utf-8")
PATIENT = RoomLimits(cpu_seconds=30, wall_factor=6, memory_bytes=512 * MEGABYTE)
MEMORY_CANARY = "canary-of-the-memory-b02e6f55"
FILE_CANARY = "canary-of-a-file-910c3d7a"
#: what a room can find, planted where a secret of ours must not be: the search is worth something
DECOY = "decoy-of-the-room-5e8a21"
EVERYWHERE = ("descriptors", "environment", "files", "frames", "memory", "objects")
NOWHERE: dict[str, list[str]] = {place: [] for place in EVERYWHERE}


@pytest.fixture
def planted(house: House) -> Iterator[Path]:
    """A file that everybody may read, in the temporary folder."""
    path = house.temporary / "planted"
    path.write_text(FILE_CANARY, encoding="utf-8")
    path.chmod(0o644)
    yield path
    path.unlink()


def search(sandbox: Sandbox, needles: dict[str, bytes], *told: Path, before: str = "") -> dict[str, list[str]]:
    """Let a room search for the needles; `before` runs first, in the same room."""
    halves = {name: (needle[: len(needle) // 2], needle[len(needle) // 2 :]) for name, needle in needles.items()}
    sources = (before, SEARCHER, f"found = search({halves!r}, {[str(path) for path in told]!r})")
    statements = tuple(Statement(cell=1, line=1, source=source, role="cell") for source in sources)
    job = Job(statements=statements, target="found", seed=0, files={}, answer_bytes=MEGABYTE)
    with sandbox.room(PATIENT) as room:
        opened = room.open(job)
        answer = room.ask([Read(id=0, target="found")])[0]
    assert isinstance(opened, Opened), opened
    assert isinstance(answer, Returned), (answer, opened.failures)
    assert isinstance(answer.value, dict)
    return {place: list(map(str, names)) for place, names in answer.value.items() if isinstance(names, list)}


def test_no_secret_of_ours_is_found_in_a_room(house: House, planted: Path) -> None:
    """Not from the environment, the memory or the files of the trusted process, and not the course's answers."""
    held_here = [MEMORY_CANARY, house.grader.course.solution("small").read_text(encoding="utf-8")]
    secrets = {"memory": MEMORY_CANARY, "file": FILE_CANARY, "block": ENVIRONMENT_CANARY, "course": COURSE_CANARY}
    needles = {name: secret.encode() for name, secret in secrets.items()}
    found = search(house.sandbox, needles, planted, house.grader.course.solution("small"), Path("/proc/self/mem"))

    assert found == NOWHERE, held_here
    assert os.environ["GRADER_TEST_CANARY"] == ENVIRONMENT_CANARY


def test_neither_hidden_inputs_nor_their_answers_are_in_a_room_before_it_is_asked(house: House) -> None:
    """What is drawn and what the reference says of it stays in the trusted process until a question is put."""
    key = house.grader.materials.key.prepared["double"]
    longest = max(key.cases["secret"], key=lambda case: len(_bytes(case.args[0])))
    needles = {"input": _bytes(longest.args[0]), "answer": _bytes(longest.expected)}

    assert len(needles["input"]) >= 32
    assert search(house.sandbox, needles) == NOWHERE


def test_the_search_finds_what_is_there(house: House) -> None:
    """A decoy in each place of the room's own is found there, so an empty result means something."""
    before = (
        f"import os\nDECOY = '{DECOY}'\nkeep = [DECOY]\nos.environ['DECOY'] = DECOY\n"
        f"with open('decoy', 'w') as file:\n    file.write(DECOY)\nos.dup2(os.open('decoy', os.O_RDONLY), 99)\n"
    )
    found = search(house.sandbox, {"decoy": DECOY.encode()}, before=before)

    assert all("decoy" in names for names in found.values()), found
    assert set(found) == set(EVERYWHERE)


def test_one_room_finds_nothing_of_another(house: House) -> None:
    """Two rooms at once: what one holds, prints and writes is out of the other's reach."""
    text = "of-the-other-room-3c77d0"
    source = f"import os\nHELD = ['{text}']\nprint(HELD)\nopen('note', 'w').write(HELD[0])\nfound = os.getcwd()"
    statement = Statement(cell=1, line=1, source=source, role="cell")
    job = Job(statements=(statement,), target="found", seed=0, files={}, answer_bytes=MEGABYTE)
    with house.sandbox.room(PATIENT) as other:
        assert isinstance(other.open(job), Opened)
        where = other.ask([Read(id=0, target="found")])[0]
        assert isinstance(where, Returned)
        found = search(house.sandbox, {"other": text.encode()}, Path(str(where.value)) / "note")

    assert found == NOWHERE


def _bytes(value: Value) -> bytes:
    assert isinstance(value, Array)
    return np.asarray(value.data, dtype="<f8").tobytes()
