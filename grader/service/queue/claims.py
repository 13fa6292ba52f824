"""Who has an attempt: taken, kept, given back. A claim is a compare-and-set with a fence on the attempt's own row.

Leases are as `held.py` says. A clock that steps forward may end a lease too soon: then the attempt is graded twice, and
the earlier claimer's result is ignored by its fence; nothing is lost and nobody's points depend on it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.queue.held import LEASE, kept_on, moment
from grader.service.queue.order import RUNNING, Lane
from grader.service.queue.taking import HAD, OF_A_CLAIM, taken_by, taking_next, taking_of, turn, turns
from grader.service.store.database import Database
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt

#: claims that were lost to others' in turn, until we look again later
LOSSES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An attempt that somebody has, until the lease ends or another claim raises the fence."""

    attempt_id: uuid.UUID
    fence: int
    tries: int
    priority: int
    course_id: int
    opening_id: int
    person_id: int
    revision_id: int
    assignment: str
    filename: str
    sha256: str
    seconds: float


def claim(
    session: Session, *, worker: str, now: datetime, lane: Lane = Lane.ANY, lease: timedelta = LEASE
) -> Claimed | None:
    """Take the attempt that is next, if there is one for that lane.

    Raises IntegrityError where another attempt of the same student has begun a moment ago, which the database knows and
    we could not: then the transaction is spent, and another finds the next one.
    """
    connection = session.connection()
    dialect = connection.dialect.name
    taker = taken_by(dialect, worker, now, lease)
    taken = connection.execute(taking_next(dialect, lane), taker).one_or_none()
    if taken is None and dialect == "postgresql":  # or all of that course are in others' hands
        for each in connection.execute(turns(lane)).all():
            of = {**taker, "its_course": each.id, "its_class": each.lowest}
            taken = connection.execute(taking_of(dialect, lane), of).one_or_none()
            if taken is not None:
                break
    if taken is None:
        return None
    claimed = Claimed(**taken._mapping)
    if dialect != "postgresql":
        connection.execute(HAD, {"its_course": claimed.course_id, "its_seconds": claimed.seconds})
    return claimed


def claim_in(
    database: Database, *, worker: str, now: datetime, lane: Lane = Lane.ANY, lease: timedelta = LEASE
) -> Claimed | None:
    """Take it in a transaction of its own."""
    for _ in range(LOSSES):
        with suppress(IntegrityError), database.begin() as session:
            return claim(session, worker=worker, now=now, lane=lane, lease=lease)
    return None


def waits(lane: Lane = Lane.ANY) -> ColumnElement[bool]:
    """Whether a claim would find something, as part of a statement."""
    return turn(lane).exists()


def renew(session: Session, held: Sequence[Claimed], *, now: datetime, lease: timedelta = LEASE) -> frozenset[Claimed]:
    """Keep these for another lease. Which of them are still the claimer's."""
    kept = kept_on(session, Attempt, [(each.attempt_id, each.fence) for each in held], now=now, lease=lease)
    return frozenset(each for each in held if (each.attempt_id, each.fence) in kept)


def show_stage(session: Session, claimed: Claimed, stage: Stage) -> None:
    """Say how far grading has come, to whoever looks at the attempt."""
    session.execute(update(Attempt).where(*held_as(claimed)).values(stage=stage))


def give_back(session: Session, claimed: Claimed) -> bool:
    """Let it wait again in its old place, through nobody's failure. False if it is not the claimer's any more."""
    return _released(session, claimed, tries=claimed.tries, later=0.0)


def try_again(session: Session, claimed: Claimed) -> bool:
    """Let it wait again after a failure of ours, as its student's next one would: what ends every process must not hold
    up the others. False if it is not the claimer's any more."""
    return _released(session, claimed, tries=claimed.tries + 1, later=claimed.seconds)


def expired(session: Session, *, now: datetime) -> list[Claimed]:
    """Claims of whom nothing was heard for a lease. Only looks; in an order that is the same for everybody."""
    asked = (
        select(Attempt.id)
        .where(RUNNING, Attempt.lease_until < moment(session, now))
        .order_by(Attempt.person_id, Attempt.id)
    )
    return [_claimed(session, each) for each in session.scalars(asked).all()]


def has_expired(session: Session, claimed: Claimed, *, now: datetime) -> bool:
    """Whether that still holds; if so, nobody changes it until the transaction ends."""
    asked = select(Attempt.id).where(*held_as(claimed), Attempt.lease_until < moment(session, now)).with_for_update()
    return session.scalar(asked) is not None


def held_as(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    """Of an attempt that is still this claimer's."""
    return Attempt.id == claimed.attempt_id, Attempt.fence == claimed.fence, RUNNING


def _released(session: Session, claimed: Claimed, *, tries: int, later: float) -> bool:
    given = (
        update(Attempt)
        .where(*held_as(claimed))
        .values(
            state=State.WAITING,
            tries=tries,
            start=Attempt.start + later,
            worker=None,
            lease_until=None,
            claimed_at=None,
            stage=None,
        )
    )
    return session.scalar(given.returning(Attempt.id)) is not None


def _claimed(session: Session, attempt_id: uuid.UUID) -> Claimed:
    asked = select(*OF_A_CLAIM).where(Attempt.id == attempt_id)
    return Claimed(**session.execute(asked).one()._mapping)
