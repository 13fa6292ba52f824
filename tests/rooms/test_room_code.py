"""The lab of course code in the room that assignments/README.md shows, graded as it stands there; and its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.authoring.proof import Part, check_assignments
from grader.authoring.release import package
from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.report import Report, Verdict
from grader.wall.sandbox import Sandbox
from tests.english import spoken
from tests.notebooks import code, notebook
from tests.unit.handed_in import folder

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Code of the course in the room")[2].partition("\n## ")[0]
LAB, ROOM = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
#: what the starter hands out: a service that nobody reaches from a room
SERVICE = "import urllib.request\ndef fetch(city):\n    return urllib.request.urlopen('https://' + city).read()\n"
WARMEST = "def warmest(cities):\n    return max(cities, key=lambda city: max(fetch(city)))\n"
BLANK = notebook(code(SERVICE), code("def warmest(cities):\n    ...\n"))
FILES = {
    "assignments/weather/assignment.py": LAB.encode(),
    "assignments/weather/room.py": ROOM.encode(),
    "assignments/weather/README.md": b"# Weather\n",
    "assignments/weather/starter.ipynb": BLANK,
    "assignments/weather/sample.ipynb": notebook(code(SERVICE), code(WARMEST)),
    "reference/weather/solution.py": f"from room import fetch\n\n\n{WARMEST}".encode(),
    "reference/weather/mistakes.toml": b"""\
[warmest.coldest]
says = "The coldest."
hint = "Which end?"
was = "max(cities"
becomes = "min(cities"
""",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """With that lab."""
    return Course(folder(tmp_path_factory.mktemp("course"), FILES))


@pytest.fixture(scope="module")
def grader(course: Course, sandbox: Sandbox) -> Iterator[Grader]:
    """Of it."""
    with Grader(course, course.assignment("weather"), sandbox=sandbox) as opened:
        yield opened


def graded(grader: Grader, *sources: str) -> Report:
    """A notebook of these cells."""
    return grader.grade("x.ipynb", notebook(*map(code, sources)))


RIGHT = [
    pytest.param([SERVICE, WARMEST], id="with the cell of the starter"),
    pytest.param([WARMEST], id="without it"),
    pytest.param([WARMEST, SERVICE], id="below it"),
    pytest.param([SERVICE + WARMEST], id="within the graded cell"),
    pytest.param(["fetch = None", WARMEST], id="something else of that name"),
    pytest.param(["from nowhere import fetch", WARMEST], id="an import that finds nothing"),
    pytest.param(["%%writefile room.py\ndef fetch(city): return [0]", WARMEST], id="a file of the same name"),
    pytest.param(["import room", WARMEST.replace("fetch", "room.fetch")], id="as a module"),
]


@pytest.mark.parametrize("sources", RIGHT)
def test_a_notebook_has_what_the_room_gives_whatever_it_binds_itself(grader: Grader, sources: list[str]) -> None:
    """Nobody needs the network, or keeps a helper that was lost."""
    (result,) = graded(grader, *sources).exercises

    assert (result.verdict, [spoken(each.message) for each in result.checks if not each.earned]) == (Verdict.PASSED, [])


def test_what_is_wrong_stays_wrong(grader: Grader) -> None:
    """The room's code takes the place of nothing that is asked for."""
    (result,) = graded(grader, SERVICE, WARMEST.replace("max(cities", "min(cities")).exercises

    assert (result.verdict, result.earned) == (Verdict.FAILED, 0)


def test_what_it_raises_is_told_with_its_line(grader: Grader) -> None:
    """As the guide says it."""
    (result,) = graded(
        grader, "x = 1", "def warmest(cities):\n    cities = ['Rome']\n    return fetch(cities[0])"
    ).exercises
    told = spoken(result.checks[0].message)

    assert re.search(r"LookupError: no city is called Rome \(in room\.py, line \d+\) \(cell 2, line 3\)", told), told
    line = int(re.findall(r"room\.py, line (\d+)", told)[0])
    assert "raise LookupError" in ROOM.splitlines()[line - 1]
    assert f"(in room.py, line {line}) (cell 2, line 3)" in GUIDE


def test_it_is_handed_out_to_nobody_and_lies_in_rooms(course: Course) -> None:
    """Neither the package of students has it, nor what a site gives them."""
    handed_out = package(course, course.assignment("weather"), sandbox="none")

    assert not any(path.endswith("room.py") or b"_DEGREES" in data for path, data in handed_out.items())
    assert "room.py" in course.room_files("weather")


def test_the_lab_of_the_guide_proves_itself(course: Course) -> None:
    """Reference and mistakes import what the rooms have."""
    (proof,) = check_assignments(
        course, ["weather"], parts=[Part.SOLUTIONS], sandbox="none", progress=lambda _done, _of: None
    )

    assert (proof.faults, proof.wrong.right) == ((), 1)


def test_if_it_does_not_run_nobody_loses_a_point(tmp_path: Path, sandbox: Sandbox) -> None:
    """Where no reference is asked, a student's room is the first to find out."""
    lab = """
from grader.lab import cell, check, lab, work

TEST = cell("assert warmest(['Lima'])")
ASSIGNMENT = lab("weather", "W", work("warmest", "W").checks(check("a", "A", 6, TEST)), from_room=("fetch",), total=6)
"""
    changed = {"assignments/weather/assignment.py": lab.encode(), "assignments/weather/room.py": b"fetch = 1 / 0\n"}
    broken = Course(folder(tmp_path, FILES | changed))
    with Grader(broken, broken.assignment("weather"), sandbox=sandbox) as opened:
        (result,) = graded(opened, WARMEST).exercises

    assert (result.verdict, result.earned) == (Verdict.NOT_GRADED, None)
    assert "room.py, which the course lays beside the notebook, does not run: ZeroDivisionError" in spoken(
        result.message
    )
