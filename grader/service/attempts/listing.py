"""The attempts on an opening as a list, the newest first, with all that is shown of each: found by one question."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from grader.policy.state import State
from grader.service.store.tables import Attempt, Opening, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Of which person, in which state; None is any."""

    person_id: int | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last attempt of the page before."""

    received_at: datetime
    id: uuid.UUID


def attempts_on(
    session: Session, course_id: int, assignment: str, which: Which, *, most: int, after: Last | None = None
) -> Sequence[Attempt]:
    """So many of them, after that one."""
    asked = (
        select(Attempt)
        .join(Opening)
        .where(Opening.course_id == course_id, Opening.assignment == assignment)
        .options(joinedload(Attempt.opening), joinedload(Attempt.person), joinedload(Attempt.report))
        .order_by(Attempt.received_at.desc(), Attempt.id.desc())
        .limit(most)
    )
    if which.person_id is not None:
        asked = asked.where(Attempt.person_id == which.person_id)
    if which.state is not None:
        asked = asked.where(Attempt.state == which.state)
    if after is not None:
        same = and_(Attempt.received_at == after.received_at, Attempt.id < after.id)
        asked = asked.where(or_(Attempt.received_at < after.received_at, same))
    return session.scalars(asked).all()


def counting_among(session: Session, ids: Sequence[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Which of these attempts count."""
    found = session.scalars(select(Standing.attempt_id).where(Standing.attempt_id.in_(ids)))
    return frozenset(each for each in found if each is not None)
