"""Who marks which answer at this moment: a claim with an end, so that two are never on the same one and nobody who
went away keeps it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from grader.service.store.mark_tables import MarkingClaim
from grader.service.store.putting import insert_into
from grader.service.store.tables import Attempt, Person

#: how long an answer is somebody's who does nothing with it
LEASE: Final = timedelta(minutes=15)


def claim(session: Session, attempt_id: uuid.UUID, exercise: str, person_id: int, now: datetime) -> str | None:
    """Take the answer, or keep it; the name of whoever has it, if it is somebody else's: by one statement."""
    new = insert_into(session, MarkingClaim).values(
        attempt_id=attempt_id, exercise=exercise, by_id=person_id, until=now + LEASE
    )
    taken = new.on_conflict_do_update(
        index_elements=["attempt_id", "exercise"],
        set_={"by_id": new.excluded.by_id, "until": new.excluded.until},
        where=or_(MarkingClaim.by_id == person_id, MarkingClaim.until <= now),
    ).returning(MarkingClaim.by_id)
    if session.scalar(taken) is not None:
        return None
    asked = (
        select(Person.name)
        .join(MarkingClaim, MarkingClaim.by_id == Person.id)
        .where(MarkingClaim.attempt_id == attempt_id, MarkingClaim.exercise == exercise)
    )
    return session.scalar(asked)


def release(session: Session, attempt_id: uuid.UUID, exercise: str, person_id: int) -> None:
    """Let the answer go, if it is theirs."""
    session.execute(
        delete(MarkingClaim).where(
            MarkingClaim.attempt_id == attempt_id, MarkingClaim.exercise == exercise, MarkingClaim.by_id == person_id
        )
    )


def claimed(session: Session, opening_id: int, now: datetime) -> Mapping[tuple[uuid.UUID, str], int]:
    """The answers of an opening that are somebody's now, and whose."""
    asked = (
        select(MarkingClaim.attempt_id, MarkingClaim.exercise, MarkingClaim.by_id)
        .join(Attempt, Attempt.id == MarkingClaim.attempt_id)
        .where(Attempt.opening_id == opening_id, MarkingClaim.until > now)
    )
    return {(row.attempt_id, row.exercise): row.by_id for row in session.execute(asked)}
