"""Attempts that are not graded since a newer one came and the latest counts; and what becomes of them if that one is
no good."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.report.report import Status
from grader.service.attempts.standing import hold
from grader.service.queue.enqueueing import enqueue
from grader.service.site import Site
from grader.service.store.tables import Attempt, StoredReport


def supersede(session: Session, attempts: Sequence[uuid.UUID], *, now: datetime) -> int:
    """Take these out of the queue; how many it were: one that a worker has begun is graded to its end, and one that
    somebody is taking at this moment is not waited for, since they may wait for us."""
    waiting = select(Attempt.id).where(Attempt.id.in_(attempts), Attempt.state == State.WAITING)
    changed = session.execute(
        update(Attempt)
        .where(Attempt.id.in_(waiting.with_for_update(skip_locked=True).scalar_subquery()))
        .values(state=State.SUPERSEDED, finished_at=now)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount if isinstance(changed, CursorResult) else 0


def revive(session: Session, site: Site, opening_id: int, person_id: int, *, now: datetime) -> uuid.UUID | None:
    """Let the newest superseded attempt of a student wait again, if all that came after it were no good: parked, or not
    readable. Nobody is left with nothing because of a file that we never graded.
    """
    hold(session, opening_id, person_id)
    theirs = (
        select(Attempt.id, Attempt.state, StoredReport.status)
        .outerjoin(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(Attempt.opening_id == opening_id, Attempt.person_id == person_id)
        .order_by(Attempt.number.desc())
    )
    for attempt_id, state, status in session.execute(theirs):
        if state is State.SUPERSEDED:
            attempt = session.get_one(Attempt, attempt_id, populate_existing=True)
            attempt.finished_at = None
            enqueue(session, site, attempt, now=now)
            return attempt_id
        if state is not State.PARKED and status is not Status.UNREADABLE:
            return None
    return None
