"""The desk: all that grading one assignment needs at hand, made once for a class. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.assignment import Assignment
from grader.course import Course
from grader.limits import NotebookLimits
from grader.provenance import Clock
from grader.reference import AnswerKey
from grader.sandbox import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Course, assignment and its answer key; the files it hands out; where student code runs; clock and limits."""

    course: Course
    assignment: Assignment
    key: AnswerKey
    files: Mapping[str, bytes]
    sandbox: Sandbox
    clock: Clock
    limits: NotebookLimits = field(default_factory=NotebookLimits)
