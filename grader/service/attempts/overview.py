"""A class while it hands in, in numbers: for each opening, and the last attempts. Nothing is decided here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.opened import opened
from grader.service.courses.current import current_assignments
from grader.service.store.outline import AssignmentOutline, ResultOutline
from grader.service.store.tables import Attempt, Membership, Opening, Person, Role, Standing, StoredReport

LAST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningNow:
    """One opening: how many students handed in, and attempts by their state."""

    opening: Opening
    students: int
    states: Mapping[State, int]

    @property
    def attempts(self) -> int:
        """All of them."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAttempt:
    """An attempt as an overview names it."""

    id: uuid.UUID
    person_id: int
    name: str
    assignment: str
    number: int
    received_at: datetime
    state: State
    status: str | None
    outline: ResultOutline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseNow:
    """A course at this moment."""

    students: int
    assignments: Mapping[str, AssignmentOutline] = field(default_factory=dict)
    openings: tuple[OpeningNow, ...] = ()
    last: tuple[LastAttempt, ...] = ()


def overview(session: Session, course_id: int, blind: Blind = SEES_ALL) -> CourseNow:
    """What a course's staff want to see while it hands in, by five queries however large it is."""
    return CourseNow(
        students=_students(session, course_id),
        assignments=current_assignments(session, course_id),
        openings=tuple(_openings(session, opened(session, course_id))),
        last=last_attempts(session, course_id, most=LAST, blind=blind),
    )


def last_attempts(
    session: Session, course_id: int, *, most: int, person_id: int | None = None, blind: Blind = SEES_ALL
) -> tuple[LastAttempt, ...]:
    """The newest attempts of a course, or of one person in it."""
    asked = (
        select(
            Attempt.id,
            Attempt.person_id,
            Person.name,
            Opening.assignment,
            Attempt.number,
            Attempt.received_at,
            Attempt.state,
            StoredReport.status,
            StoredReport.outline,
        )
        .join(Person, Person.id == Attempt.person_id)
        .join(Opening, Opening.id == Attempt.opening_id)
        .outerjoin(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(Attempt.course_id == course_id)
        .order_by(Attempt.received_at.desc(), Attempt.number.desc())
        .limit(most)
    )
    if person_id is not None:
        asked = asked.where(Attempt.person_id == person_id)
    return tuple(
        LastAttempt(
            id=row.id,
            person_id=row.person_id,
            name=row.name,
            assignment=row.assignment,
            number=row.number,
            received_at=row.received_at,
            state=row.state,
            status=row.status,
            outline=None if row.outline is None else blind.outline(row.id, row.outline),
        )
        for row in session.execute(asked)
    )


def _students(session: Session, course_id: int) -> int:
    asked = select(func.count()).where(
        Membership.course_id == course_id, Membership.role == Role.STUDENT, Membership.left_at.is_(None)
    )
    return session.scalar(asked) or 0


def _openings(session: Session, openings: Sequence[Opening]) -> list[OpeningNow]:
    ids = [opening.id for opening in openings]
    who = (
        select(Attempt.opening_id, func.count(Attempt.person_id.distinct()).label("number"))
        .join(
            Membership,
            (Membership.course_id == Attempt.course_id) & (Membership.person_id == Attempt.person_id),
        )
        .where(Attempt.opening_id.in_(ids), Membership.role == Role.STUDENT, Membership.left_at.is_(None))
        .group_by(Attempt.opening_id)
        .subquery()
    )
    counted = (
        select(Attempt.opening_id, Attempt.state, func.count(), func.coalesce(who.c.number, 0))
        .outerjoin(who, who.c.opening_id == Attempt.opening_id)
        .where(Attempt.opening_id.in_(ids))
        .group_by(Attempt.opening_id, Attempt.state, who.c.number)
    )
    states: dict[int, dict[State, int]] = {}
    students: dict[int, int] = {}
    for opening_id, state, number, students_who in session.execute(counted):
        states.setdefault(opening_id, {})[state] = number
        students[opening_id] = students_who
    return [
        OpeningNow(opening=each, students=students.get(each.id, 0), states=states.get(each.id, {})) for each in openings
    ]


def standings_of(session: Session, course_id: int, person_id: int) -> dict[int, Standing]:
    """Where one person stands with each opening of a course, by its id."""
    asked = (
        select(Standing)
        .join(Opening, Opening.id == Standing.opening_id)
        .where(Opening.course_id == course_id, Standing.person_id == person_id)
    )
    return {each.opening_id: each for each in session.scalars(asked)}
