"""What the exercises of one assignment are examined with. Data only; `grader.py` makes it and sees to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.grading.reference import AnswerKey
from grader.wall.sandbox import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """Course, assignment and its answer key; the files it hands out, by their paths; where student code runs."""

    course: Course
    assignment: Assignment
    key: AnswerKey
    files: Mapping[str, bytes]
    sandbox: Sandbox
