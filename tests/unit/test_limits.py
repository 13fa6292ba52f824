"""Limits: what an assignment may write for one, and what its author is told otherwise."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from grader.course.folder import Course
from grader.errors import CourseError
from grader.limits import MOST, RoomLimits
from grader.wall.room.preloaded import Libraries
from grader.wall.room.records import Bounds
from grader.wall.sandbox.zygote_process import bounds_of
from tests.unit.test_course import GOOD, write, written


@pytest.mark.parametrize("name", [each.name for each in fields(RoomLimits)])
@pytest.mark.parametrize("value", [0.5, 2.0, 0, -1, True, "3", float("nan"), MOST + 1])
def test_a_limit_is_a_whole_number_that_the_kernel_takes(name: str, value: Any) -> None:
    """Whatever else is written is refused where it is written, and never reaches the record that a zygote is sent."""
    with pytest.raises(ValueError, match=f"{name}=.* write a whole number"):
        RoomLimits(**{name: value})


def test_the_largest_limits_fit_into_the_record() -> None:
    """With all that is added for libraries and processors."""
    largest = RoomLimits(**{each.name: MOST for each in fields(RoomLimits)})
    bounds = bounds_of(largest, Libraries(runtime="tensorflow"), threads=0)
    assert Bounds.from_bytes(bounds.to_bytes()) == bounds


def test_an_author_is_told_which_limit_it_is_and_on_which_line(course: Course) -> None:
    """As of every other fault of an assignment."""
    write(
        course.folder / "assignments/lab/assignment.py",
        f"{GOOD}\nfrom grader.limits import RoomLimits\n\nRoomLimits(cpu_seconds=0.5)\n",
    )
    with pytest.raises(CourseError, match=r"line 12 raised ValueError: cpu_seconds=0.5 is no limit; write a whole"):
        course.assignment("lab")


@pytest.fixture
def course(tmp_path: Any) -> Course:
    """A course with one assignment, `lab`."""
    return written(tmp_path)
