"""Whose turn it is to be told: one worker has a link's scores until its lease ends, or another raises the fence. Leases
are those of `queue/held.py`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.messages import say
from grader.service.lti.sending.columns import LinkedColumn, column, leads_here
from grader.service.lti.services.answers import Cause, Failed, pause
from grader.service.queue.held import LEASE, moment
from grader.service.store.lti_score_tables import LtiScore, LtiSender, ScoreState
from grader.service.store.lti_tables import LtiContext, LtiDeployment, LtiLink, LtiMember, LtiPlatform
from grader.service.store.tables import Identity, Opening, Role

#: when platforms are asked each night what they have: at three in the morning, by UTC
HOUR: Final = 3
#: failures in a row, some five minutes in all, after which what a platform forbids is taken at its word
PATIENCE: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedColumn:
    """A column that this worker tells scores of."""

    column: LinkedColumn
    fence: int
    failures: int


def claim(
    session: Session, *, worker: str, now: datetime, lease: timedelta = LEASE, full: Collection[int] = ()
) -> ClaimedColumn | None:
    """Take the column that waited longest, if there is something to tell. `full`: platforms that have enough of this
    worker's attention already."""
    asked = _claimable(session, now).where(LtiPlatform.id.not_in(full)).with_for_update(of=LtiSender, skip_locked=True)
    link_id = session.scalar(asked)
    return None if link_id is None else take(session, link_id, worker=worker, now=now, lease=lease)


def is_any_claimable(session: Session, *, now: datetime) -> bool:
    """Whether a claim would find something. Only looks."""
    return session.scalar(_claimable(session, now)) is not None


def _claimable(session: Session, now: datetime) -> Select[int]:
    return (
        select(LtiSender.link_id)
        .join(LtiLink, LtiLink.id == LtiSender.link_id)
        .join(LtiContext, LtiContext.id == LtiLink.context_id)
        .join(LtiDeployment, LtiDeployment.id == LtiContext.deployment_id)
        .join(LtiPlatform, LtiPlatform.id == LtiDeployment.platform_id)
        .join(Opening, Opening.id == LtiSender.opening_id)
        .where(
            *leads_here(),
            LtiLink.opening_id == LtiSender.opening_id,
            LtiSender.parked_for.is_(None),
            or_(LtiSender.next_at.is_(None), LtiSender.next_at <= now),
            or_(LtiSender.lease_until.is_(None), LtiSender.lease_until < moment(session, now)),
            or_(LtiSender.look_at <= now, has_waiting(), is_to_compare(now)),
        )
        .order_by(LtiSender.served_at.asc().nulls_first(), LtiSender.link_id)
        .limit(1)
    )


def take(
    session: Session, link_id: int, *, worker: str, now: datetime, lease: timedelta = LEASE
) -> ClaimedColumn | None:
    """Take that column, unless somebody has it."""
    free = or_(LtiSender.lease_until.is_(None), LtiSender.lease_until < moment(session, now))
    taken = (
        update(LtiSender)
        .where(LtiSender.link_id == link_id, free)
        .values(fence=LtiSender.fence + 1, worker=worker, lease_until=moment(session, now, later=lease), served_at=now)
        .returning(LtiSender.fence, LtiSender.failures)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(taken).one_or_none()
    found = None if row is None else column(session, link_id)
    return None if row is None or found is None else ClaimedColumn(column=found, fence=row.fence, failures=row.failures)


def has_waiting() -> ColumnElement[bool]:
    """Whether a link, in a query that joins its context and platform, has a score to tell of somebody who is a student
    there now, as the platform last said."""
    return exists().where(
        LtiScore.link_id == LtiSender.link_id,
        LtiScore.state == ScoreState.WAITING,
        Identity.person_id == LtiScore.person_id,
        Identity.issuer == LtiPlatform.people,
        *is_student_there(LtiContext.id, LtiScore.person_id),
    )


def last_night(now: datetime) -> datetime:
    """When the last comparison was due."""
    then = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return then if then <= now else then - timedelta(days=1)


def is_to_compare(now: datetime) -> ColumnElement[bool]:
    """Of senders whose column was not compared since, or of whom somebody asked for it."""
    return or_(LtiSender.compared_at.is_(None), LtiSender.compared_at < last_night(now))


def has_to_compare(session: Session, held: ClaimedColumn, *, now: datetime) -> bool:
    """Whether that is so of this one."""
    asked = select(LtiSender.link_id).where(LtiSender.link_id == held.column.link_id, is_to_compare(now))
    return session.scalar(asked) is not None


def is_student_there(
    context_id: InstrumentedAttribute[int] | int, person_id: InstrumentedAttribute[int]
) -> tuple[ColumnElement[bool], ...]:
    """Of a member of that course at the platform: nobody else has a place in its gradebook."""
    return (
        LtiMember.context_id == context_id,
        LtiMember.person_id == person_id,
        LtiMember.role == Role.STUDENT,
        LtiMember.left_at.is_(None),
    )


def is_held(session: Session, held: ClaimedColumn) -> bool:
    """Whether it still is this worker's; if so, nobody else takes it until the transaction ends."""
    asked = select(LtiSender.link_id).where(*_mine(held)).with_for_update()
    return session.scalar(asked) is not None


def renew(session: Session, held: ClaimedColumn, *, now: datetime, lease: timedelta = LEASE) -> bool:
    """Keep it for another lease. False if somebody else has it."""
    return _changed(session, held, lease_until=moment(session, now, later=lease))


def let_go(session: Session, held: ClaimedColumn) -> bool:
    """There is nothing more to tell now."""
    return _changed(session, held, failures=0, next_at=None, trouble=None, worker=None, lease_until=None)


def give_back(session: Session, held: ClaimedColumn) -> bool:
    """Let another worker go on with it."""
    return _changed(session, held, worker=None, lease_until=None)


def put_off(session: Session, held: ClaimedColumn, failed: Failed, *, now: datetime) -> bool:
    """The column cannot be told now: it is tried later, or parked until somebody does something. What a platform
    forbids again and again it will not allow by itself."""
    failures = held.failures + 1
    forbids = failed.cause is Cause.FORBIDDEN and failures >= PATIENCE and _was(session, held, failed)
    lasts = failed.lasts or forbids
    return _changed(
        session,
        held,
        failures=failures,
        next_at=None if lasts else now + pause(failures, failed.after),
        parked_for=held.column.digest if lasts else None,
        trouble=say("platform_forbids") if forbids else failed.message,
        worker=None,
        lease_until=None,
    )


def _was(session: Session, held: ClaimedColumn, failed: Failed) -> bool:
    """Whether it failed so the last time as well."""
    return session.scalar(select(LtiSender.trouble).where(*_mine(held))) == failed.message


def _changed(session: Session, held: ClaimedColumn, **values: object) -> bool:
    changed = (
        update(LtiSender)
        .where(*_mine(held))
        .values(**values)
        .returning(LtiSender.link_id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(changed) is not None


def _mine(held: ClaimedColumn) -> tuple[ColumnElement[bool], ...]:
    return LtiSender.link_id == held.column.link_id, LtiSender.fence == held.fence
