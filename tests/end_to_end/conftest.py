"""One grader for all end-to-end tests: the digits course, and a sandbox whose libraries are loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.limits import RoomLimits
from grader.report.report import ExerciseResult, Report
from tests.end_to_end.digits import ROOT

Grade = Callable[[bytes], Report]


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    course = Course(ROOT)
    with Grader(course, course.assignment("digits")) as opened:
        yield opened


@pytest.fixture
def grade(grader: Grader) -> Grade:
    """Grade the bytes of one notebook."""
    return lambda data: grader.grade("submission.ipynb", data)


@pytest.fixture
def grade_briefly(grader: Grader) -> Iterator[Grade]:
    """As `grade`, with two seconds of computing time and four on the clock, for code that never ends."""
    assignment = _limited(grader.assignment, RoomLimits(cpu_seconds=2, wall_factor=2))
    rooms, key = grader.materials.sandbox, grader.materials.key
    with Grader(grader.course, assignment, sandbox=rooms, key=key) as brief:
        yield lambda data: brief.grade("submission.ipynb", data)


def _limited(assignment: Assignment, limits: RoomLimits) -> Assignment:
    exercises = tuple(exercise.model_copy(update={"limits": limits}) for exercise in assignment.exercises)
    return assignment.model_copy(update={"exercises": exercises})


def exercise(report: Report, name: str) -> ExerciseResult:
    """The result of one exercise."""
    return next(result for result in report.exercises if result.id == name)
