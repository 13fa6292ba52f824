"""One desk for all end-to-end tests: the digits course, and a sandbox whose libraries are loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from grader.assignment import Assignment
from grader.course import Course
from grader.desk import Desk
from grader.limits import RoomLimits
from grader.pipeline import grade_bytes
from grader.provenance import WallClock
from grader.reference import answer_key
from grader.report import ExerciseResult, Report
from grader.sandbox.backends import open_sandbox
from tests.end_to_end.digits import ROOT

Grade = Callable[[bytes], Report]


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    course = Course(ROOT)
    assignment = course.assignment("digits")
    with open_sandbox("auto", assignment.runtime) as sandbox:
        yield Desk(
            course=course,
            assignment=assignment,
            key=answer_key(course, assignment),
            files=course.files("digits"),
            sandbox=sandbox,
            clock=WallClock(),
        )


@pytest.fixture
def grade(desk: Desk) -> Grade:
    """Grade the bytes of one notebook."""
    return lambda data: grade_bytes("submission.ipynb", data, desk)


@pytest.fixture
def grade_briefly(desk: Desk) -> Grade:
    """As `grade`, with two seconds of computing time and four on the clock, for code that never ends."""
    brief = replace(desk, assignment=_limited(desk.assignment, RoomLimits(cpu_seconds=2, wall_factor=2)))
    return lambda data: grade_bytes("submission.ipynb", data, brief)


def _limited(assignment: Assignment, limits: RoomLimits) -> Assignment:
    exercises = tuple(exercise.model_copy(update={"limits": limits}) for exercise in assignment.exercises)
    return assignment.model_copy(update={"exercises": exercises})


def exercise(report: Report, name: str) -> ExerciseResult:
    """The result of one exercise."""
    return next(result for result in report.exercises if result.id == name)
