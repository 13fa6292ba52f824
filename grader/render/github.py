"""Reports as GitHub workflow commands: the annotations that a run shows.

A step shows about ten annotations of each level, so the worst ten stand here; the job summary holds everything. A line
of an .ipynb file means nothing to its author: titles name the cell, and the line in it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from grader.class_report import ClassReport, RowStatus, Trouble
from grader.render.plain import Problem, headline, problems
from grader.render.visible import in_cell, visible
from grader.report import Report, Status, Verdict
from grader.words import counted

Level: TypeAlias = Literal["error", "warning", "notice"]

MOST = 10


def render(report: Report) -> str:
    """The result of one report as a notice, and its ten worst problems as errors."""
    return "".join(_of_report(report))


def render_class(report: ClassReport, reports: Iterable[Report]) -> str:
    """The class as a notice, its first ten troubles as warnings, the ten worst problems in it as errors.

    `reports` are those of the rows that name one, in their order; they are read one by one. Raises ValueError if they
    are more or fewer.
    """
    return "".join(_of_class(report, reports))


def _of_report(report: Report) -> Iterator[str]:
    name = in_cell(report.submission.name)
    yield _command("notice", name, headline(report))
    if report.status is Status.UNREADABLE:
        yield _command("error", name, "\n".join(map(visible, report.notices)))
    for problem in heapq.nlargest(MOST, problems(report), key=_lost):
        yield _annotation(problem, problem.title)


def _of_class(report: ClassReport, reports: Iterable[Report]) -> Iterator[str]:
    graded = report.statistics.statuses.get(RowStatus.GRADED, 0)
    students = counted(report.statistics.students, "student")
    median = report.statistics.quartiles
    half = "" if median is None else f" Half of them have {median.median:g} % or more."
    yield _command("notice", report.assignment.title, f"{graded} of {students} graded.{half}")
    yield from (_trouble(trouble) for trouble in report.troubles[:MOST])
    rows = [row for row in report.students if row.report is not None]
    found = ((row.student, one) for row, result in zip(rows, reports, strict=True) for one in problems(result))
    for student, problem in heapq.nlargest(MOST, found, key=lambda pair: _lost(pair[1])):
        yield _annotation(problem, f"{in_cell(student)}: {problem.title}")


def _lost(problem: Problem) -> int:
    return problem.lost


def _annotation(problem: Problem, title: str) -> str:
    """What we could not grade is no error of the student's: a warning."""
    level: Level = "warning" if problem.verdict is Verdict.NOT_GRADED else "error"
    return _command(level, f"{title} ({problem.where})" if problem.where else title, "\n".join(problem.lines))


def _trouble(trouble: Trouble) -> str:
    return _command("warning", in_cell(trouble.what), visible(f"{trouble.happened} {trouble.to_do}"))


def _command(level: Level, title: str, message: str) -> str:
    """One command on one line. What the runner would read as its end, or as the next command, is encoded."""
    return f"::{level} title={_encoded(title, ':,')}::{_encoded(message)}\n"


def _encoded(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":  # the percent sign first: it begins what the others become
        text = text.replace(character, f"%{ord(character):02X}")
    return text
