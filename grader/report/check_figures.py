"""How a class does with each check, as data. Version 1. How reports become figures is `classes/check_figures.py`."""

from __future__ import annotations

from typing import Literal

from grader.report.report import AssignmentReference, Record

CHECK_FIGURES_VERSION: Literal[1] = 1


class Passing(Record):
    """Of how many who tried, how many passed, and the share; None of nobody."""

    tried: int
    passed: int
    share: float | None


class ByAttempt(Record):
    """The same of everybody's attempt of this number, counted from 1."""

    number: int
    passing: Passing


class CheckFigures(Record):
    """One check. `now`: of each student's last attempt; `before`: of the same attempts as they were before they were
    judged again, if they were. `first_pass_attempt` and `first_pass_seconds`: the median number of the attempt that
    passed first, and the median time from somebody's first attempt until then; of those who passed at all, the seconds
    where moments are known. `discrimination`: correlation of passing with the points of all other checks."""

    exercise: str
    check: str
    title: str
    now: Passing
    before: Passing | None = None
    by_attempt: tuple[ByAttempt, ...]
    first_pass_attempt: float | None
    first_pass_seconds: float | None
    discrimination: float | None


class MistakeStep(Record):
    """From one attempt to the next of the same students: a known mistake, and what came after it: the same, another
    one, a wrong answer of no known kind (`other`), or a right one (`right`)."""

    exercise: str
    mistake: str
    then: str
    students: int


class AssignmentFigures(Record):
    """All checks of an assignment, over so many students and attempts."""

    schema_version: Literal[1] = CHECK_FIGURES_VERSION
    assignment: AssignmentReference
    students: int
    attempts: int
    checks: tuple[CheckFigures, ...]
    mistakes: tuple[MistakeStep, ...] = ()
