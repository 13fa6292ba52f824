"""Marks as they are read: what stands for an attempt, how it came to be, what stands in an opening. For staff."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.marking import StandingMark
from grader.report.marking import Given, GivenCheck
from grader.report.report import Mark
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.store.mark_tables import MarkChange
from grader.service.store.tables import Attempt, Person, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """What a decision changed of one check: what stands since; None where it was taken back."""

    check: str
    given: GivenCheck | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One decision, and who made it; None where that is not known any more. `checks`: of which it was alone, if it was
    not of all of the exercise."""

    row: MarkChange
    by: str | None
    checks: Sequence[CheckChange] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkOnAttempt:
    """A mark that stands, on which attempt of whom; as it `counts`, where the report has the exercise."""

    person_id: int
    attempt_id: uuid.UUID
    number: int
    exercise: str
    standing: StandingMark
    counts: Mark | None
    by: str | None


def changes_of(session: Session, attempt_id: uuid.UUID, blind: Blind = SEES_ALL) -> Mapping[str, Sequence[Change]]:
    """Every decision about an attempt that is shown, by exercise, the newest first."""
    asked = (
        select(MarkChange, Person.name)
        .outerjoin(Person, Person.id == MarkChange.by_id)
        .where(MarkChange.attempt_id == attempt_id)
        .order_by(MarkChange.exercise, MarkChange.version.desc())
    )
    found: dict[str, list[Change]] = defaultdict(list)
    rows = session.execute(asked).all()
    given = {(row.exercise, row.version): row.given for row, _ in rows}
    for row, name in rows:
        if blind.hides(attempt_id, row.exercise):
            continue
        changed = _changed(given.get((row.exercise, row.version - 1)), row.given)
        found[row.exercise].append(Change(row=row, by=name, checks=changed))
    return dict(found)


def _changed(before: Given | None, now: Given | None) -> Sequence[CheckChange]:
    """None of a decision that is of all of the exercise."""
    if now is not None and not now.checks:
        return ()
    was, stands = ({each.check: each for each in given.checks} if given else {} for given in (before, now))
    names = sorted({*was, *stands})
    return [CheckChange(check=name, given=stands.get(name)) for name in names if was.get(name) != stands.get(name)]


def marks_in(session: Session, opening_id: int, blind: Blind = SEES_ALL) -> Sequence[MarkOnAttempt]:
    """All marks that stand in an opening and are shown, by student, attempt and exercise: by two queries."""
    asked = (
        select(Attempt.person_id, Attempt.id, Attempt.number, StoredReport.marks, StoredReport.outline)
        .join(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(Attempt.opening_id == opening_id, StoredReport.marks.is_not(None))
        .order_by(Attempt.person_id, Attempt.number)
    )
    rows = session.execute(asked).all()
    people = {each.by_id for row in rows for each in row.marks.values() if each.by_id is not None}
    names = {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))}
    return [
        MarkOnAttempt(
            person_id=row.person_id,
            attempt_id=row.id,
            number=row.number,
            exercise=exercise,
            standing=each,
            counts=next((one.mark for one in row.outline.exercises if one.id == exercise), None),
            by=None if each.by_id is None else names.get(each.by_id),
        )
        for row in rows
        for exercise, each in sorted(blind.marks(row.id, row.marks).items())
        if each.given is not None
    ]
