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

from grader.classes.export.stored import gather, read_whole
from grader.classes.intake.tables import parse_table
from grader.classes.regrade_sets import finish_in
from grader.errors import UsageError
from grader.message import Message
from grader.messages import ENGLISH, say
from grader.report.class_report import ClassReport, StudentRow
from grader.report.report import Report, Status, score
from grader.service.policy.counting import Counted, Graded, Points, counted
from grader.service.policy.deciding import decide
from grader.service.policy.decision import Refused
from grader.service.policy.terms import Counts, Relief, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What counts: the terms, and by student what extensions say; when each attempt came in, by student and number."""

    terms: Terms
    counts: Counts
    reliefs: Mapping[str, Sequence[Relief]] = field(default_factory=dict)
    received: Mapping[tuple[str, int], datetime] = field(default_factory=dict)


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


def join(folders: Sequence[Path], rules: Rules) -> tuple[ClassReport, tuple[Joined, ...]]:
    """Everybody who is in one of the folders, by the class of the last one that knows them.

    Raises UsageError where folders are on different assignments, or nobody knows when late work came in, and
    UnreadableReport.
    """
    finish_in(folders)
    gathered = [gather([folder]) for folder in folders]
    ids = {each.report.assignment.id for each in gathered}
    if len(ids) > 1:
        raise UsageError(ENGLISH.say("statistics_several", assignments=", ".join(sorted(ids))))
    rows: dict[str, StudentRow] = {}
    reports: dict[str, dict[int, Report]] = defaultdict(dict)
    for number, each in enumerate(gathered, start=1):
        for error in each.refused:
            raise error
        rows |= {row.student: row for row in each.report.students}
        having = [row for row in each.report.students if row.report is not None]
        for row, path in zip(having, each.paths, strict=True):
            reports[row.student][number] = read_whole(path)
    joined = tuple(_joined(row, reports[student], rules) for student, row in sorted(rows.items()))
    return gathered[-1].report.model_copy(update={"students": tuple(each.row for each in joined)}), joined


def extensions_in(path: Path, zone: ZoneInfo | None) -> dict[str, list[Relief]]:
    """`student,due,late_until,no_deduction`, a line for each extension. Raises UsageError that names the line."""
    found: dict[str, list[Relief]] = defaultdict(list)
    for number, cells in _lines(path, ("student", "due"), "list of extensions"):
        due, until = (_moment(path, number, cells.get(name, ""), zone) for name in ("due", "late_until"))
        free = cells.get("no_deduction", "").casefold() in ("yes", "true", "1", "x")
        found[cells["student"]].append(Relief(due=due, late_until=until, no_deduction=free))
    return dict(found)


def received_in(path: Path, zone: ZoneInfo | None) -> dict[tuple[str, int], datetime]:
    """`student,attempt,received`, a line for each attempt; the number is that of the folder. Raises UsageError."""
    found: dict[tuple[str, int], datetime] = {}
    for number, cells in _lines(path, ("student", "attempt", "received"), "list of moments"):
        moment = _moment(path, number, cells["received"], zone)
        if not cells["attempt"].isdecimal() or moment is None:
            raise UsageError(ENGLISH.say("join_line", file=str(path), line=number))
        found[cells["student"], int(cells["attempt"])] = moment
    return found


def _lines(path: Path, needed: tuple[str, ...], kind: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(ENGLISH.say("join_unread", file=str(path), reason=error.strerror or "")) from error
    first, *lines = parse_table(data, name=str(path), kind=kind, headings=",".join(needed))
    heads = [cell.casefold() for cell in first.cells]
    if missing := [name for name in needed if name not in heads]:
        raise UsageError(ENGLISH.say("join_headings", file=str(path), missing=", ".join(missing)))
    for line in lines:
        yield line.number, dict(zip(heads, line.cells, strict=False))


def _moment(path: Path, line: int, text: str, zone: ZoneInfo | None) -> datetime | None:
    """None of nothing. Raises UsageError for what is no moment, or one without a zone where there is none."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(ENGLISH.say("join_moment", file=str(path), line=line, text=text)) from None
    if moment.tzinfo is None and zone is None:
        raise UsageError(ENGLISH.say("join_zone", file=str(path), line=line, text=text))
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def _joined(row: StudentRow, reports: Mapping[int, Report], rules: Rules) -> Joined:
    attempts = tuple(_attempted(row.student, number, report, rules) for number, report in sorted(reports.items()))
    taken = [
        Graded(
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
    received = rules.received.get((student, number))
    if received is None:
        raise UsageError(ENGLISH.say("join_when", student=student, number=number))
    terms = rules.terms.model_copy(update={"attempts": None, "attempts_per_day": None, "cool_down_seconds": 0})
    decision = decide(terms, rules.reliefs.get(student, ()), (), received_at=received)
    if isinstance(decision, Refused):
        return Attempted(number=number, report=report, late=True, refused=decision.message)
    return Attempted(number=number, report=report, deducted=decision.deducted, late=decision.late_seconds > 0)


def line_of(joined: Joined) -> Message | None:
    """What is taken off, as its student reads it; None if nothing is."""
    if joined.counted is None or not joined.deducted:
        return None
    percents = sorted({each.deducted for each in joined.by_exercise.values() if each.deducted})
    return say(
        "join_deducted",
        percent=", ".join(map(str, percents)),
        points=joined.points,
        earned=f"{float(joined.counted.earned):g}",
    )


def report_of(joined: Joined) -> Report | None:
    """The report that a student reads: of the attempt that counts, or of several an exercise from each, with the line
    that says what is taken off."""
    if joined.counted is None:
        return None
    counts = {_id(each.number): each for each in joined.attempts}[joined.counted.attempt_id].report
    which = joined.by_exercise
    exercises = tuple(next(one for one in each.report.exercises if one.id == name) for name, each in which.items())
    line = line_of(joined)
    notices = (*counts.notices, *([] if line is None else [line]))
    return counts.model_copy(update={"exercises": exercises, "score": score(exercises), "notices": notices})


def _id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def _earned(report: Report, exercise: str) -> int:
    return next((each.earned or 0 for each in report.exercises if each.id == exercise), 0)
