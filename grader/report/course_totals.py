"""The totals of a course, as data. Version 1. How they are reckoned is `policy/totals.py`."""

from __future__ import annotations

from typing import Literal

from grader.report.report import Record

COURSE_TOTALS_VERSION: Literal[1] = 1


class StudentTotal(Record):
    """One student. Percents are decimals as text, exact as far as they are written; None where there is no evidence.
    `percent` and `letter`: the total as it is told; `open`: what is left out for want of evidence, which is no zero."""

    student: str
    name: str
    percent: str | None
    letter: str | None
    groups: dict[str, str | None]
    assignments: dict[str, str | None]
    open: tuple[str, ...]
    dropped: tuple[str, ...]


class CourseTotals(Record):
    """Everybody's, with the rule in words."""

    schema_version: Literal[1] = COURSE_TOTALS_VERSION
    rule: tuple[str, ...]
    groups: tuple[str, ...]
    assignments: tuple[str, ...]
    students: tuple[StudentTotal, ...]
