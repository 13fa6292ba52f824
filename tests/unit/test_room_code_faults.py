"""What `grader check` sees on paper of an assignment's room.py: it gives what is asked of it, and no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.proof.room_code import faults_of_room_code
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.lab import check, function, lab
from tests.unit.handed_in import folder

SOLUTION = 'def warmest(cities):\n    """The warmest."""\n    return max(cities, key=len)\n'
ROOM = "def fetch(city):\n    return [1.0]\n"


def assignment(*from_room: str) -> Assignment:
    """One function, and what the room gives."""
    return lab("w", "W", function("warmest", "W").checks(check("a", points=6).examples((["x"],))), from_room=from_room)


def faults(home: Path, room: str | None, *from_room: str, files: dict[str, bytes] | None = None) -> list[str]:
    """What is wrong with it, without the folders it lies in."""
    beside = {f"assignments/w/{name}": data for name, data in (files or {}).items()}
    code = {} if room is None else {"assignments/w/room.py": room.encode()}
    course = Course(folder(home, {"reference/w/solution.py": SOLUTION.encode(), **beside, **code}))
    return [each.replace(f"{home}/assignments/w/", "") for each in faults_of_room_code(course, assignment(*from_room))]


@pytest.mark.parametrize("room", [None, ROOM, f"import json\nPLACE = 'references'\n{ROOM}"])
def test_what_gives_what_is_asked_of_it_is_sound(tmp_path: Path, room: str | None) -> None:
    """And so is none, where nothing is asked of it."""
    assert faults(tmp_path, room, *([] if room is None else ["fetch"])) == []


FAULTS = {
    "room.py is missing, and from_room asks it for fetch": (None, ("fetch",)),
    "room.py cannot be read as Python": ("def fetch(:", ("fetch",)),
    "room.py binds no readings": (ROOM, ("fetch", "readings")),
    "line 1: it imports solution": ("from solution import warmest as w\n", ()),
    "line 2: it imports reference.w.solution": ("def f():\n    import reference.w.solution\n", ()),
    "line 1: it imports grader.lab": ("import grader.lab\n", ()),
    "line 1: it defines warmest, which students write": ("def warmest(cities):\n    return 1\n", ()),
    "line 1: it names a file in which answers lie": ("SOURCE = open('../reference/w/solution.py').read()\n", ()),
    "line 1: best does what an answer of solution.py does, word for word": (SOLUTION.replace("warmest", "best", 1), ()),
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_is_wrong_with_it_is_named(tmp_path: Path, said: str) -> None:
    """With its line, and what to do."""
    room, from_room = FAULTS[said]
    (fault,) = faults(tmp_path, room, *from_room)

    assert said in fault


def test_a_file_that_is_handed_out_may_not_be_called_so(tmp_path: Path) -> None:
    """One of the two would not be there."""
    (fault,) = faults(tmp_path, ROOM, files={"files/room.py": b""})

    assert "Rename the one in files/" in fault


def test_what_students_write_is_not_given() -> None:
    """When the assignment is read."""
    with pytest.raises(ValueError, match="which students write themselves"):
        assignment("warmest")
