"""Reports as GitHub workflow commands: the annotations that a run shows.

A step shows about ten annotations of each level, so the worst ten stand here; the job summary holds everything. A line
of an .ipynb file means nothing to its author: titles name the cell, and the line in it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from grader.messages import ENGLISH, Words, joined
from grader.messages.visible import in_cell, visible
from grader.render.feedback import Feedback, Judged, feedback
from grader.render.plain import lines, located, titled
from grader.render.terms import percent
from grader.report.class_report import ClassReport, RowStatus, Statistics, Trouble
from grader.report.report import Report, Status, Verdict

Level: TypeAlias = Literal["error", "warning", "notice"]

MOST = 10


def render(report: Report, *, words: Words = ENGLISH) -> str:
    """The result of one report as a notice, and its ten worst problems as errors."""
    return "".join(_of_report(feedback(report), words))


def render_class(report: ClassReport, reports: Iterable[Report], *, words: Words = ENGLISH) -> str:
    """The class as a notice, its first ten troubles as warnings, the ten worst problems in it as errors.

    `reports` are those of the rows that name one, in their order; they are read one by one. Raises ValueError if they
    are more or fewer.
    """
    return "".join(_of_class(report, reports, words))


def _of_report(report: Feedback, words: Words) -> Iterator[str]:
    name = in_cell(report.name)
    yield _command("notice", name, words.text(report.result))
    if report.status is Status.UNREADABLE:
        yield _command("error", name, "\n".join(visible(words.text(notice)) for notice in report.notices))
    for problem in heapq.nlargest(MOST, report.problems, key=lambda problem: problem.lost):
        yield _annotation(problem, titled(problem, words), words)


def _of_class(report: ClassReport, reports: Iterable[Report], words: Words) -> Iterator[str]:
    yield _command("notice", in_cell(words.prose(report.assignment.title)), _result(report.statistics, words))
    yield from (_trouble(trouble, words) for trouble in report.troubles[:MOST])
    rows = [row for row in report.students if row.report is not None]
    found = ((row.student, one) for row, each in zip(rows, reports, strict=True) for one in feedback(each).problems)
    for student, problem in heapq.nlargest(MOST, found, key=lambda pair: pair[1].lost):
        title = words.say("plain_titled", title=in_cell(student), text=titled(problem, words))
        yield _annotation(problem, title, words)


def _result(statistics: Statistics, words: Words) -> str:
    """How many were graded, and how well."""
    graded = statistics.statuses.get(RowStatus.GRADED, 0)
    students = words.counted(statistics.students, "student")
    sentences = [words.say("summary_graded", graded=f"{graded:,}", students=students)]
    if statistics.quartiles is not None:
        sentences.append(words.say("summary_half", percent=percent(statistics.quartiles.median, words)))
    return words.joined(sentences)


def _annotation(problem: Judged, title: str, words: Words) -> str:
    """What we could not grade is no error of the student's: a warning."""
    level: Level = "warning" if problem.verdict is Verdict.NOT_GRADED else "error"
    return _command(level, located(title, problem, words), "\n".join(lines(problem.apart, words)))


def _trouble(trouble: Trouble, words: Words) -> str:
    return _command("warning", in_cell(trouble.what), visible(words.text(joined(trouble.happened, trouble.to_do))))


def _command(level: Level, title: str, message: str) -> str:
    """One command on one line. What the runner would read as its end, or as the next command, is encoded."""
    return f"::{level} title={_encoded(title, ':,')}::{_encoded(message)}\n"


def _encoded(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":  # the percent sign first: it begins what the others become
        text = text.replace(character, f"%{ord(character):02X}")
    return text
