"""Several graders open in one process, as in a service that grades many assignments."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.report import Report
from tests.hostile.small_course import handed_in, write_course


def body(report: Report) -> str:
    """All but the section that may differ."""
    return report.model_dump_json(exclude={"run"})


def test_closing_one_grader_leaves_the_other(tmp_path: Path) -> None:
    """Each owns its rooms and its key; a report is the same in whichever order they open and close."""
    write_course(tmp_path)
    course = Course(tmp_path)
    first, second = (Grader(course, course.assignment("small"), sandbox="none") for _ in range(2))

    with second:
        with first:
            alone = body(first.grade("x.ipynb", handed_in()))
            beside = body(second.grade("x.ipynb", handed_in()))
        after = body(second.grade("x.ipynb", handed_in()))

    assert alone == beside == after


def test_a_closed_grader_opens_no_room(tmp_path: Path) -> None:
    """Nobody would end it."""
    write_course(tmp_path)
    course = Course(tmp_path)
    with Grader(course, course.assignment("small"), sandbox="none") as grader:
        grader.grade("x.ipynb", handed_in())

    with pytest.raises(RuntimeError, match="within its `with` block"):
        grader.grade("x.ipynb", handed_in())
