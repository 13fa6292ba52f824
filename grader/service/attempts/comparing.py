"""What changed against the attempt before, exercise by exercise, as the reader of both reports may see it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from grader.report.report import Audience, CheckResult, ExerciseResult, Report, Status, Verdict
from grader.service.attempts.seen import report_seen
from grader.service.store.tables import Attempt, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """A check whose verdict is another one now. `title` is the course's own, in English."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseChange:
    """One exercise then and now. Points are None where it was not graded, or not part of the assignment then."""

    id: str
    title: str
    before: int | None
    after: int | None
    possible: int
    newly_passed: tuple[CheckChange, ...] = ()
    newly_failed: tuple[CheckChange, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether anything of it is different."""
        return self.before != self.after or bool(self.newly_passed or self.newly_failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An attempt beside the graded one before it."""

    attempt_id: uuid.UUID
    number: int
    before: int | None
    after: int | None
    possible: int
    exercises: tuple[ExerciseChange, ...]

    @property
    def changes(self) -> tuple[ExerciseChange, ...]:
        """The exercises that are different."""
        return tuple(each for each in self.exercises if each.is_change)


def compared(session: Session, attempt_id: uuid.UUID, reader: Audience, *, now: datetime) -> Comparison | None:
    """What changed since the student's previous graded attempt; None if there is none, or nothing to be seen yet."""
    this = aliased(Attempt)
    previous = session.execute(
        select(Attempt.id, Attempt.number)
        .join(this, (this.opening_id == Attempt.opening_id) & (this.person_id == Attempt.person_id))
        .join(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(this.id == attempt_id, Attempt.number < this.number, StoredReport.status != Status.UNREADABLE)
        .order_by(Attempt.number.desc())
        .limit(1)
    ).one_or_none()
    if previous is None:
        return None
    before = report_seen(session, previous.id, reader, now=now)
    after = report_seen(session, attempt_id, reader, now=now)
    if not isinstance(before, Report) or not isinstance(after, Report) or after.score is None:
        return None
    return Comparison(
        attempt_id=previous.id,
        number=previous.number,
        before=None if before.score is None else before.score.earned,
        after=after.score.earned,
        possible=after.score.possible,
        exercises=tuple(_exercises(before, after)),
    )


def _exercises(before: Report, after: Report) -> Iterator[ExerciseChange]:
    then = {each.id: each for each in before.exercises}
    for now in after.exercises:
        was = then.get(now.id)
        yield ExerciseChange(
            id=now.id,
            title=now.title,
            before=None if was is None else was.earned,
            after=now.earned,
            possible=now.possible,
            newly_passed=tuple(_turned(was, now, passed=True)),
            newly_failed=tuple(_turned(was, now, passed=False)),
        )


def _turned(was: ExerciseResult | None, now: ExerciseResult, *, passed: bool) -> Iterator[CheckChange]:
    """Checks of both that are passed now and were not, or the other way round; what we did not grade tells nothing."""
    then = {} if was is None else {each.id: each for each in was.checks}
    for check in now.checks:
        before = then.get(check.id)
        if before is None or Verdict.NOT_GRADED in (before.verdict, check.verdict):
            continue
        if _passed(check) is passed and _passed(before) is not passed:
            yield CheckChange(id=check.id, title=check.title)


def _passed(check: CheckResult) -> bool:
    return check.verdict is Verdict.PASSED
