"""Several class folders of the same students become one grade each: by the rules that a site has, without a site.

Each folder holds everybody's next attempt. Which of them counts is `policy/counting.py`'s, how late one is
`policy/deciding.py`'s; what is taken off stands in a line of its own and in no score. No database is asked.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from grader.classes.export.marking import marks_beside, settled
from grader.classes.export.stored import StoredReports, gather, read_whole
from grader.classes.joining.given_lists import Moments, Reliefs
from grader.classes.regrade_sets import finish_in
from grader.errors import UsageError
from grader.messages import Message, say, terminal
from grader.policy.counting import Counted, GradedAttempt, Points, counted
from grader.policy.deciding import decide
from grader.policy.decision import Refused
from grader.policy.terms import Counts, Terms
from grader.report.audience import seen_by
from grader.report.class_report import ClassReport, StudentRow
from grader.report.report import Audience, Report, Status
from grader.report.sums import score


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What counts: the terms, and by student what extensions say; when each attempt came in, by student and number."""

    terms: Terms
    counts: Counts
    reliefs: Reliefs = field(default_factory=dict)
    received: Moments = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted:
    """One attempt: its report, and the percent that lateness takes off. `refused`: why it does not count."""

    number: int
    report: Report
    deducted: int = 0
    late: bool = False
    refused: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A student: all attempts, and what counts of them; None where none was graded in time."""

    row: StudentRow
    attempts: tuple[Attempted, ...]
    counted: Counted | None

    @property
    def by_exercise(self) -> Mapping[str, Attempted]:
        """The attempt that counts for each exercise."""
        numbers = {_id(each.number): each for each in self.attempts}
        return (
            {} if self.counted is None else {name: numbers[which] for name, which in self.counted.by_exercise.items()}
        )

    @property
    def points(self) -> int:
        """What counts, before anything is taken off."""
        return sum(_earned(each.report, name) for name, each in self.by_exercise.items())

    @property
    def deducted(self) -> Fraction:
        """What is taken off, in points."""
        return Fraction() if self.counted is None else self.points - self.counted.earned


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """What lies in several class folders of one assignment: the class as the last one knows it, everybody by name, and
    the reports of each by the number of the folder, counted from 1."""

    report: ClassReport
    rows: Mapping[str, StudentRow]
    reports: Mapping[str, Mapping[int, Report]]


def several(folders: Sequence[Path]) -> Several:
    """Everybody who is in one of the folders, with the marks that people gave there.

    Raises UsageError where folders are on different assignments, and UnreadableReport.
    """
    finish_in(folders)
    gathered = [gather([folder]) for folder in folders]
    ids = {each.report.assignment.id for each in gathered}
    if len(ids) > 1:
        raise UsageError(say("statistics_several", assignments=", ".join(sorted(ids))))
    rows: dict[str, StudentRow] = {}
    reports: dict[str, dict[int, Report]] = defaultdict(dict)
    for number, (folder, each) in enumerate(zip(folders, gathered, strict=True), start=1):
        rows |= {row.student: row for row in each.report.students}
        for student, report in reports_of(folder, each).items():
            reports[student][number] = report
    return Several(report=gathered[-1].report, rows=rows, reports=reports)


def reports_of(folder: Path, gathered: StoredReports) -> Mapping[str, Report]:
    """The complete report of everybody in a class folder who has one, with the marks of people as they are now. Raises
    UsageError, and UnreadableReport where a file is damaged: a grade without it would be another one."""
    for error in gathered.refused:
        raise error
    marks = settled(marks_beside([folder]), partial=False, warn=terminal.warn)
    having = [row for row in gathered.report.students if row.report is not None]
    found = {row.student: (path, read_whole(path)) for row, path in zip(having, gathered.paths, strict=True)}
    return {who: report if marks is None else marks.on(path, report) for who, (path, report) in found.items()}


def join(found: Several, rules: Rules) -> tuple[ClassReport, tuple[Joined, ...]]:
    """What counts of everybody, by name. Raises UsageError where nobody knows when late work came in."""
    faults = [fault for student in sorted(found.rows) for fault in _unknown_moments(student, found, rules)]
    if faults:
        raise UsageError(*faults)
    joined = tuple(_joined(row, found.reports.get(student, {}), rules) for student, row in sorted(found.rows.items()))
    return found.report.model_copy(update={"students": tuple(each.row for each in joined)}), joined


def _unknown_moments(student: str, found: Several, rules: Rules) -> Iterator[Message]:
    if rules.terms.due is None and rules.terms.late_until is None:
        return
    for number in sorted(found.reports.get(student, ())):
        if (student, number) not in rules.received:
            yield say("join_when", student=student, number=number)


def _joined(row: StudentRow, reports: Mapping[int, Report], rules: Rules) -> Joined:
    attempts = tuple(_attempted(row.student, number, report, rules) for number, report in sorted(reports.items()))
    taken = [
        GradedAttempt(
            id=_id(each.number),
            number=each.number,
            received_at=rules.received.get((row.student, each.number), EARLY),
            exercises={one.id: Points(earned=one.earned or 0, possible=one.possible) for one in each.report.exercises},
            deducted=each.deducted,
            late=each.late,
        )
        for each in attempts
        if each.refused is None and each.report.status is Status.GRADED
    ]
    return Joined(row=row, attempts=attempts, counted=counted(rules.counts, taken))


#: stands for a moment that does not matter
EARLY = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))


def _attempted(student: str, number: int, report: Report, rules: Rules) -> Attempted:
    if rules.terms.due is None and rules.terms.late_until is None:
        return Attempted(number=number, report=report)
    received = rules.received[student, number]
    terms = rules.terms.model_copy(update={"attempts": None, "attempts_per_day": None, "cool_down_seconds": 0})
    decision = decide(terms, rules.reliefs.get(student, ()), (), received_at=received)
    if isinstance(decision, Refused):
        return Attempted(number=number, report=report, late=True, refused=decision.message)
    return Attempted(number=number, report=report, deducted=decision.deducted, late=decision.late_seconds > 0)


def line_of(joined: Joined, report: Report | None) -> Message | None:
    """What is taken off, of the points that its reader sees in the report; None if nothing is."""
    which = joined.by_exercise
    percents = sorted({each.deducted for each in which.values() if each.deducted})
    if report is None or not percents:
        return None
    points = {name: _earned(report, name) for name in which}
    earned = sum((Fraction(points[name] * (100 - each.deducted), 100) for name, each in which.items()), Fraction())
    told = ", ".join(map(str, percents))
    return say("join_deducted", percent=told, points=sum(points.values()), earned=f"{float(earned):g}")


def report_of(joined: Joined, audience: Audience, *, now: datetime | None = None) -> Report | None:
    """The report of the attempt that counts, or of several an exercise from each, as that audience may see it, with the
    line that says what is taken off."""
    if joined.counted is None:
        return None
    counts = {_id(each.number): each for each in joined.attempts}[joined.counted.attempt_id].report
    which = joined.by_exercise
    exercises = tuple(next(one for one in each.report.exercises if one.id == name) for name, each in which.items())
    complete = counts.model_copy(update={"exercises": exercises, "score": score(exercises)})
    seen = seen_by(complete, audience, now=now)
    line = line_of(joined, seen)
    return seen if line is None else seen.model_copy(update={"notices": (*seen.notices, line)})


def _id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def _earned(report: Report, exercise: str) -> int:
    return next((each.earned or 0 for each in report.exercises if each.id == exercise), 0)
