"""Who has a work of a regrade set: taken, kept, given back, as attempts are in `queue/claims.py`.

Works come after every attempt that waits: nobody waits for them but whoever looks at the set.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from grader.message import Message
from grader.messages import say
from grader.policy.state import State
from grader.report.report import Report, Status
from grader.service.attempts.documents import packed
from grader.service.queue.held import LEASE, ONE, ended, failed, is_in, kept_on, moment, sweep, taking
from grader.service.store.database import Database
from grader.service.store.regrade_tables import RegradeWork

#: why something cannot be judged again however often it is tried
FOR_GOOD: Final = frozenset({"regrade_forgotten"})

#: put together once
_NEXT: Final = select(RegradeWork.id).where(is_in(RegradeWork, State.WAITING)).order_by(RegradeWork.id).limit(ONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedWork:
    """A work that somebody has, until the lease ends or another claim raises the fence."""

    work_id: uuid.UUID
    set_id: uuid.UUID
    attempt_id: uuid.UUID
    fence: int


def claim_work_in(database: Database, *, worker: str, now: datetime, lease: timedelta = LEASE) -> ClaimedWork | None:
    """Take the work that is next, if there is one, in a transaction of its own."""
    with database.begin() as session:
        which = _NEXT.with_for_update(skip_locked=True).scalar_subquery()
        told = (RegradeWork.id.label("work_id"), RegradeWork.set_id, RegradeWork.attempt_id, RegradeWork.fence)
        until = moment(session, now, later=lease)
        taken = taking(RegradeWork, which, told, worker=worker, until=until)
        row = session.execute(taken).one_or_none()
    return None if row is None else ClaimedWork(**row._mapping)


def waits() -> ColumnElement[bool]:
    """Whether any waits, as part of a statement."""
    return _NEXT.exists()


def renew_works(
    session: Session, held: Sequence[ClaimedWork], *, now: datetime, lease: timedelta = LEASE
) -> frozenset[ClaimedWork]:
    """Keep these for another lease. Which of them are still the claimer's."""
    kept = kept_on(session, RegradeWork, [(each.work_id, each.fence) for each in held], now=now, lease=lease)
    return frozenset(each for each in held if (each.work_id, each.fence) in kept)


def keep_work(session: Session, claimed: ClaimedWork, report: Report, *, asked_again: bool) -> bool:
    """Keep the new report, once. One that we did not come through is a failure of ours, and no report. False if the
    work is not the claimer's any more."""
    if report.status is Status.NOT_GRADED:
        return work_failed(session, claimed, say("attempt_partly_graded"))
    document = packed(report)
    return _ended(session, claimed, state=State.GRADED, document=document, asked_again=asked_again, trouble=None)


def work_failed(session: Session, claimed: ClaimedWork, trouble: Message) -> bool:
    """We did not come through: it waits again, or is parked with the cause. False as `keep_work`."""
    how = failed(RegradeWork) | ({"state": State.PARKED} if trouble.key in FOR_GOOD else {})
    return _ended(session, claimed, **how, trouble=trouble)


def give_work_back(session: Session, claimed: ClaimedWork) -> bool:
    """Let it wait again, through nobody's failure. False as `keep_work`."""
    return _ended(session, claimed, state=State.WAITING)


def sweep_works(session: Session, *, now: datetime) -> None:
    """What a worker had of which nothing is heard any more: a failure of ours, each."""
    sweep(session, RegradeWork, now=now)


def _ended(session: Session, claimed: ClaimedWork, **values: object) -> bool:
    return ended(session, RegradeWork, claimed.work_id, claimed.fence, **values)
