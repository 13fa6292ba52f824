"""Who has a file of a class: taken, kept, given back, as attempts are in `queue/claims.py`; and what is swept away.

Files come after every attempt that waits: a student looks at a page, a class at most at a progress bar. Between classes
each has its turn. One that failed through us three times is parked, which its command tells as not graded.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from grader.classes.graded import Graded
from grader.message import Message
from grader.policy.state import State
from grader.service.batches.outcomes import packed
from grader.service.queue.held import LEASE, ONE, ended, failed, is_in, kept_on, moment, sweep, taking
from grader.service.queue.order import Lane
from grader.service.store.batch_tables import Batch, BatchFile
from grader.service.store.columns import Moment
from grader.service.store.database import Database, Kind
from grader.service.store.tables import SHORT_SECONDS

#: a command of which nothing was heard for so long does not come back: its class is taken away
ABANDONED: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedFile:
    """A file that somebody has, until the lease ends or another claim raises the fence."""

    file_id: uuid.UUID
    batch_id: uuid.UUID
    fence: int
    name: str


def claim_file_in(
    database: Database, *, worker: str, now: datetime, lane: Lane = Lane.ANY, lease: timedelta = LEASE
) -> ClaimedFile | None:
    """Take the file that is next, if there is one for that lane, in a transaction of its own."""
    is_now = by_clock(database.kind, now)
    with database.begin() as session:
        which = _next(database.kind, lane).with_for_update(of=BatchFile, skip_locked=True).scalar_subquery()
        told = (BatchFile.id.label("file_id"), BatchFile.batch_id, BatchFile.fence, BatchFile.name)
        until = moment(session, now, later=lease)
        taken = taking(BatchFile, which, told, worker=worker, until=until)
        row = session.execute(taken, is_now).one_or_none()
    return None if row is None else ClaimedFile(**row._mapping)


def waits(kind: Kind, lane: Lane) -> ColumnElement[bool]:
    """Whether one waits for that lane, as part of a statement that is run `by_clock`."""
    return _next(kind, lane).exists()


def by_clock(kind: Kind, now: datetime) -> dict[str, datetime]:
    """What such a statement is run with: whose clock says which commands are there."""
    return {} if kind == "postgresql" else {"is_now": now}


def renew_files(
    session: Session, held: Sequence[ClaimedFile], *, now: datetime, lease: timedelta = LEASE
) -> frozenset[ClaimedFile]:
    """Keep these for another lease. Which of them are still the claimer's."""
    kept = kept_on(session, BatchFile, [(each.file_id, each.fence) for each in held], now=now, lease=lease)
    return frozenset(each for each in held if (each.file_id, each.fence) in kept)


def keep_file(session: Session, claimed: ClaimedFile, graded: Graded, *, seconds: float) -> bool:
    """Keep what came of it, once, for its command. False if it is not the claimer's any more."""
    return _ended(session, claimed, state=State.GRADED, outcome=packed(graded), seconds=seconds)


def file_failed(session: Session, claimed: ClaimedFile, trouble: Message) -> bool:
    """We did not come through: it waits again, or is parked with the cause. False as `keep_file`."""
    return _ended(session, claimed, **failed(BatchFile), trouble=trouble)


def give_file_back(session: Session, claimed: ClaimedFile) -> bool:
    """Let it wait again, through nobody's failure. False as `keep_file`."""
    return _ended(session, claimed, state=State.WAITING)


def sweep_batches(session: Session, *, now: datetime) -> None:
    """What is to be done for whoever is not heard of any more: a failure of ours for each file that a worker had, and
    for a command that is gone nothing more."""
    sweep(session, BatchFile, now=now)
    session.execute(delete(Batch).where(Batch.lease_until < moment(session, now, later=-ABANDONED)))


@cache
def _next(kind: Kind, lane: Lane) -> Select[uuid.UUID]:
    """The first file that waits, of a command that is there by the server's clock, or by ours (`is_now`)."""
    is_now: ColumnElement[datetime] = (
        func.clock_timestamp() if kind == "postgresql" else bindparam("is_now", type_=Moment)
    )
    asked = select(BatchFile.id).join(Batch, Batch.id == BatchFile.batch_id)
    asked = asked.where(is_in(BatchFile, State.WAITING), Batch.lease_until > is_now)
    if lane is Lane.SHORT:
        asked = asked.where(Batch.seconds <= SHORT_SECONDS)
    return asked.order_by(BatchFile.turn, BatchFile.id).limit(ONE)


def _ended(session: Session, claimed: ClaimedFile, **values: object) -> bool:
    return ended(session, BatchFile, claimed.file_id, claimed.fence, **values)
