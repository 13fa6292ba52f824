"""The grader of one assignment: what it owns, when it starts it, and where it may be used. No room is opened here."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.report import Status, Verdict
from tests.hostile.small_course import write_course
from tests.no_rooms import NoRooms
from tests.notebooks import code, notebook


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_course(tmp_path)
    return Course(tmp_path)


def grader_of(course: Course) -> Grader:
    return Grader(course, course.assignment("small"), sandbox=NoRooms())


NOTHING_TO_RUN = [
    pytest.param(b"PK\x03\x04", Status.UNREADABLE, set(), id="no notebook"),
    pytest.param(notebook(code("x = 1")), Status.GRADED, {Verdict.MISSING}, id="no answer"),
    pytest.param(
        notebook(code("# GRADED FUNCTION: double\ndef double(x):\n    return (")),
        Status.GRADED,
        {Verdict.MISSING, Verdict.RAISED},
        id="no Python",
    ),
]


@pytest.mark.parametrize(("data", "status", "verdicts"), NOTHING_TO_RUN)
def test_what_has_nothing_to_run_starts_nothing(
    course: Course, data: bytes, status: Status, verdicts: set[Verdict]
) -> None:
    """Neither rooms nor the answer key, whose reference may be broken."""
    course.solution("small").write_text("1 / 0\n", encoding="utf-8")
    with grader_of(course) as grader:
        report = grader.grade("x.ipynb", data)

    assert report.status is status
    assert {each.verdict for each in report.exercises} == verdicts


def test_a_thread_is_refused_before_anything_starts(course: Course) -> None:
    """Rooms end with the thread that opened them, and only a main thread can interrupt a course's code."""
    refusals: list[str] = []

    def enter() -> None:
        with pytest.raises(RuntimeError) as refused, grader_of(course):
            pass
        refusals.append(str(refused.value))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert refusals == ["A Grader works in the main thread of its process. Give it a process of its own."]


def test_outside_its_block_a_grader_grades_nothing(course: Course) -> None:
    """Nobody would end the rooms that it opens."""
    with grader_of(course) as grader:
        pass

    with pytest.raises(RuntimeError, match="within its `with` block"):
        grader.materials  # noqa: B018  # asking for them starts them
