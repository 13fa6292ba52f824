"""What was tried at an opening, and the points of it as they hold now and as a student sees them. It writes nothing."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from grader.policy.counting import GradedAttempt, Points
from grader.policy.deciding import kinder
from grader.policy.decision import Decision
from grader.policy.state import State
from grader.policy.terms import Relief, Terms
from grader.policy.visibility import Sight
from grader.report.report import Status
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.store.outline import GradedExercise, ResultOutline, unmarked
from grader.service.store.tables import Attempt, Extension, Membership, Opening, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An attempt as far as it matters for what counts. `outline` is None as long as there is no report."""

    id: uuid.UUID
    person_id: int
    number: int
    state: State
    received_at: datetime
    decision: Decision
    status: Status | None
    outline: ResultOutline | None

    @property
    def is_charged(self) -> bool:
        """Whether it uses one up."""
        return is_charged(self.state, self.status)


def is_charged(state: State, status: Status | None) -> bool:
    """Whether an attempt uses one up: neither what was never graded does, nor what we could not read or grade."""
    return state not in (State.SUPERSEDED, State.PARKED) and status in (None, Status.GRADED)


def tried(
    session: Session, opening_id: int, person_id: int | None = None, blind: Blind = SEES_ALL
) -> dict[int, list[Tried]]:
    """The attempts at an opening, of one person or all, by person, in their order."""
    by_person: dict[int, list[Tried]] = defaultdict(list)
    of = {"opening": opening_id} | ({} if person_id is None else {"person": person_id})
    for row in session.execute(_at_opening(of_one=person_id is not None), of):
        by_person[row.person_id].append(_tried(row, blind))
    return dict(by_person)


def tried_by(session: Session, course_id: int, person_id: int) -> dict[int, list[Tried]]:
    """All attempts of one person in a course, by opening, in their order."""
    by_opening: dict[int, list[Tried]] = defaultdict(list)
    for row in session.execute(_asked().where(Attempt.course_id == course_id, Attempt.person_id == person_id)):
        by_opening[row.opening_id].append(_tried(row, SEES_ALL))
    return dict(by_opening)


@cache
def _at_opening(*, of_one: bool) -> Select[*tuple[Any, ...]]:
    asked = _asked().where(Attempt.opening_id == bindparam("opening"))
    return asked.where(Attempt.person_id == bindparam("person")) if of_one else asked


def _asked() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attempt.id,
            Attempt.opening_id,
            Attempt.person_id,
            Attempt.number,
            Attempt.state,
            Attempt.received_at,
            Attempt.decision,
            StoredReport.status,
            StoredReport.outline,
        )
        .outerjoin(StoredReport, StoredReport.attempt_id == Attempt.id)
        .order_by(Attempt.opening_id, Attempt.person_id, Attempt.number)
    )


def _tried(row: Row[*tuple[Any, ...]], blind: Blind) -> Tried:
    return Tried(
        id=row.id,
        person_id=row.person_id,
        number=row.number,
        state=row.state,
        received_at=row.received_at,
        decision=row.decision,
        status=row.status,
        outline=None if row.outline is None else blind.outline(row.id, row.outline),
    )


def reliefs_by_person(session: Session, opening_id: int, person_id: int | None = None) -> dict[int, list[Relief]]:
    """The extensions that hold for each person: their own, and those of their section."""
    found: dict[int, list[Relief]] = defaultdict(list)
    of = {"opening": opening_id} | ({} if person_id is None else {"person": person_id})
    for person, relief in session.execute(_reliefs_at(of_one=person_id is not None), of):
        found[person].append(relief)
    return dict(found)


@cache
def _reliefs_at(*, of_one: bool) -> Select[int, Relief]:
    asked = (
        select(Membership.person_id, Extension.relief)
        .join(Opening, Opening.course_id == Membership.course_id)
        .join(Extension, Extension.opening_id == Opening.id)
        .where(
            Opening.id == bindparam("opening"),
            or_(Extension.person_id == Membership.person_id, Extension.section_id == Membership.section_id),
        )
    )
    return asked.where(Membership.person_id == bindparam("person")) if of_one else asked


def graded(attempts: Iterable[Tried], terms: Terms, reliefs: Sequence[Relief]) -> list[GradedAttempt]:
    """Those of which every exercise has points, each with the lateness that holds now."""
    return [
        one
        for each in attempts
        if each.outline is not None
        and each.status is not Status.UNREADABLE
        and (one := _graded(each, each.outline, kinder(each.decision, terms, reliefs, received_at=each.received_at)))
    ]


def graded_as_seen(
    attempts: Iterable[Tried], terms: Terms, reliefs: Sequence[Relief], sight: Sight
) -> list[GradedAttempt]:
    """As `graded`, by the checks and marks alone that a student sees: nothing of the others shows in what counts of
    it."""
    if not sight.open_now:
        return []
    seen = (replace(each, outline=None if each.outline is None else as_seen(each.outline, sight)) for each in attempts)
    return graded(seen, terms, reliefs)


def as_seen(outline: ResultOutline, sight: Sight) -> ResultOutline:
    """The points that `Glass.through` leaves a student."""
    exercises = outline.exercises if sight.marks else tuple(map(unmarked, outline.exercises))
    if not outline.titles_shown:
        exercises = tuple(_with_open_checks(each, sight) for each in exercises)
    return outline.model_copy(update={"exercises": exercises})


def _with_open_checks(exercise: GradedExercise, sight: Sight) -> GradedExercise:
    """Points that a person gave for all of the exercise are all of it: nothing comes later. Those given for a check are
    seen when it is."""
    if (exercise.mark is not None and not exercise.mark.checks) or not exercise.checks:
        return exercise
    shown = [check for check in exercise.checks if check.visibility in sight.open_now]
    points = [check.earned for check in shown]
    earned = None if None in points else sum(filter(None, points))
    return exercise.model_copy(update={"earned": earned, "possible": sum(check.possible for check in shown)})


def _graded(attempt: Tried, outline: ResultOutline, lateness: Decision) -> GradedAttempt | None:
    points = {
        each.id: Points(earned=each.earned, possible=each.possible, to_mark=each.to_mark, by_person=each.by_person)
        for each in outline.exercises
        if each.earned is not None
    }
    if len(points) < len(outline.exercises):
        return None
    return GradedAttempt(
        id=attempt.id,
        number=attempt.number,
        received_at=attempt.received_at,
        exercises=points,
        deducted=lateness.deducted,
        late=lateness.late_seconds > 0,
    )
