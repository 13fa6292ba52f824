"""How a class did with each check of an assignment, and what went wrong most. Of each student the latest graded attempt
is looked at: what the student can do now. For staff alone, since it counts hidden checks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from grader.course.assignment import Visibility
from grader.message import PROSE, TEXT
from grader.messages import Message
from grader.policy.state import State
from grader.report.report import CheckResult, Report, Verdict
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.documents import after_marking, machine_report
from grader.service.attempts.of_students import of_students
from grader.service.store.outline import ResultOutline
from grader.service.store.tables import Attempt, StoredReport

#: reports that are opened for what they say, the newest ones; the numbers are of all
MOST_OPENED: Final = 200
#: what is shown of the most common
MOST_COMMON: Final = 3
#: of these verdicts nobody can tell whether the student can do it
UNTRIED: Final = frozenset({Verdict.SKIPPED, Verdict.MISSING, Verdict.NOT_GRADED})

#: keys of what a course or Python said: its text alone tells one from another
UNSAID: Final = frozenset({PROSE, TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What went wrong, as one student was told it, and how often."""

    message: Message
    students: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNumbers:
    """One check: how many tried it, and passed."""

    id: str
    title: str
    visibility: Visibility | None
    tried: int
    passed: int
    common: tuple[Common, ...]

    @property
    def percent(self) -> int | None:
        """Of those who tried, how many passed."""
        return 100 * self.passed // self.tried if self.tried else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseNumbers:
    """One exercise with its checks; `mistakes`: known ones by name, the most frequent first; `common`: what several of
    its checks said of the same student, such as that nothing could be called. The checks themselves leave that out."""

    id: str
    common: tuple[Common, ...]
    checks: tuple[CheckNumbers, ...]
    mistakes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentNumbers:
    """An assignment: graded students, those whose reports were opened, students by tens of percent, exercises."""

    students: int
    opened: int
    histogram: tuple[int, ...]
    exercises: tuple[ExerciseNumbers, ...]


@dataclass(slots=True)
class _Said:
    """What the opened reports say, by check and by exercise."""

    checks: dict[tuple[str, str], list[CheckResult]] = field(default_factory=lambda: defaultdict(list))
    mistakes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shared: dict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))


def numbers(session: Session, opening_id: int, blind: Blind = SEES_ALL) -> AssignmentNumbers:
    """The statistics of an opening, by two queries; without marks that are not shown."""
    latest = (
        select(Attempt.person_id, func.max(Attempt.number).label("number"))
        .where(Attempt.opening_id == opening_id, Attempt.state == State.GRADED, of_students())
        .group_by(Attempt.person_id)
        .subquery()
    )
    theirs = (
        select(StoredReport)
        .join(Attempt, Attempt.id == StoredReport.attempt_id)
        .join(latest, (latest.c.person_id == Attempt.person_id) & (latest.c.number == Attempt.number))
        .where(Attempt.opening_id == opening_id)
        .order_by(StoredReport.made_at.desc(), Attempt.person_id)
    )
    outlines = [blind.outline(row.attempt_id, row.outline) for row in session.scalars(theirs)]
    opened = session.scalars(
        theirs.limit(MOST_OPENED).options(undefer(StoredReport.document)).execution_options(populate_existing=True)
    )
    said = _said(after_marking(machine_report(row), blind.marks(row.attempt_id, row.marks)) for row in opened)
    return AssignmentNumbers(
        students=len(outlines),
        opened=min(len(outlines), MOST_OPENED),
        histogram=_histogram(outlines),
        exercises=tuple(_exercises(outlines, said)),
    )


def _said(reports: Iterable[Report]) -> _Said:
    said = _Said()
    for report in reports:
        for exercise in report.exercises:
            if exercise.misconception:
                said.mistakes[exercise.id][exercise.misconception] += 1
            for check in exercise.checks:
                said.checks[exercise.id, check.id].append(check)
            said.shared[exercise.id] += _said_twice(exercise.checks)
    return said


def _said_twice(checks: Sequence[CheckResult]) -> list[Message]:
    """What more than one of a student's checks said, once for each kind."""
    failed = [each.message for each in checks if _has_failed(each)]
    times = Counter(map(_kind, failed))
    first = {_kind(each): each for each in reversed(failed)}
    return [message for kind, message in first.items() if times[kind] > 1]


def _has_failed(check: CheckResult) -> bool:
    return check.verdict not in UNTRIED and check.verdict is not Verdict.PASSED


def _kind(message: Message) -> tuple[str, ...]:
    """What makes two messages one: their sentences, whatever the values in them; of exceptions their type, too, and of
    what is no sentence of ours its text."""
    return tuple(_sentence(each) for each in message.everything)


def _sentence(message: Message) -> str:
    told = message.fields.get("type" if message.key == "error" else "text" if message.key in UNSAID else "", "")
    return f"{message.key} {told}"


def _histogram(outlines: Iterable[ResultOutline]) -> tuple[int, ...]:
    """Students by floored percent in tens; the last of the eleven bins holds full marks alone."""
    counts = Counter(
        min(10 * each.earned // each.possible, 10) for each in outlines if each.earned is not None and each.possible
    )
    return tuple(counts[tens] for tens in range(11))


def _exercises(outlines: Sequence[ResultOutline], said: _Said) -> Iterable[ExerciseNumbers]:
    """In the order in which exercises and checks occur."""
    verdicts: dict[str, dict[str, Counter[str]]] = {}
    for outline in outlines:
        for exercise in outline.exercises:
            checks = verdicts.setdefault(exercise.id, {})
            for check in exercise.checks:
                checks.setdefault(check.id, Counter())[check.verdict] += 1
    for name, counted in verdicts.items():
        yield ExerciseNumbers(
            id=name,
            common=_most_common(said.shared[name]),
            checks=tuple(
                _check(check, verdict, said.checks[name, check], set(map(_kind, said.shared[name])))
                for check, verdict in counted.items()
            ),
            mistakes=tuple(said.mistakes[name].most_common(2 * MOST_COMMON)),
        )


def _check(
    id: str, verdicts: Counter[str], said: Sequence[CheckResult], told_above: AbstractSet[tuple[str, ...]]
) -> CheckNumbers:
    tried = sum(number for verdict, number in verdicts.items() if verdict not in UNTRIED)
    failed = [each.message for each in said if _has_failed(each)]
    return CheckNumbers(
        id=id,
        title=said[0].title if said else id,
        visibility=said[0].visibility if said else None,
        tried=tried,
        passed=verdicts[Verdict.PASSED],
        common=_most_common([each for each in failed if _kind(each) not in told_above]),
    )


def _most_common(said: Sequence[Message]) -> tuple[Common, ...]:
    """One sentence about two values is the same sentence; it is shown as the first was told it."""
    times = Counter(map(_kind, said))
    first = {_kind(each): each for each in reversed(said)}
    return tuple(Common(message=first[kind], students=number) for kind, number in times.most_common(MOST_COMMON))
