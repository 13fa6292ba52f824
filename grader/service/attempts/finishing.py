"""How an attempt ends: with its report, or, when we failed three times, parked where everybody sees it.

Each function is one compare-and-set on the attempt's row; who has lost the claim changes nothing. A report in which an
exercise was not graded through us counts as our failure: it is tried again, and at the third time kept with the attempt
parked, so that the student reads what was graded, staff see why the rest was not, and the attempt is not charged.
"""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from grader.messages import Message, say
from grader.policy.mail import About
from grader.policy.state import State
from grader.report.report import Report, Status
from grader.service.attempts.documents import keep_report
from grader.service.attempts.standing import hold, settle_held
from grader.service.attempts.superseding import revive
from grader.service.people.outbox import tell_one
from grader.service.queue.claims import Claimed, expired, has_expired, try_again
from grader.service.queue.enqueueing import enqueue
from grader.service.queue.held import TRIES
from grader.service.queue.order import RUNNING, Priority
from grader.service.queue.pace import learn
from grader.service.site import Site
from grader.service.store.blobs import EMPTY
from grader.service.store.tables import Attempt, Course


class Ending(StrEnum):
    """What became of a claim."""

    GRADED = "graded"
    AGAIN = "again"
    PARKED = "parked"
    TOO_LATE = "too_late"


def finish(session: Session, site: Site, claimed: Claimed, report: Report) -> Ending:
    """Keep the report of a claimed attempt, once."""
    hold(session, claimed.opening_id, claimed.person_id)
    if report.status is not Status.NOT_GRADED:
        ending = _ended(session, site, claimed, State.GRADED, None)
    elif claimed.tries + 1 < TRIES:
        return failed(session, site, claimed, say("attempt_partly_graded"))
    else:
        ending = _ended(session, site, claimed, State.PARKED, say("attempt_partly_graded"))
    if ending is not Ending.TOO_LATE:
        keep_report(session, claimed.attempt_id, claimed.revision_id, report, site.now())
        if ending is Ending.GRADED and report.status is Status.GRADED:
            learn(session, revision_id=claimed.revision_id, assignment=claimed.assignment, seconds=report.run.seconds)
        is_good = ending is Ending.GRADED and report.status is Status.GRADED
        _settle(session, site, claimed, is_good=is_good)
        if is_good:
            _tell(session, site, claimed)
    return ending


def failed(session: Session, site: Site, claimed: Claimed, trouble: Message) -> Ending:
    """We did not come through: it waits again, in its old place, or is parked with the cause."""
    if claimed.tries + 1 < TRIES:
        if not try_again(session, claimed):
            return Ending.TOO_LATE
        site.wakeups.ring(session, priority=claimed.priority, seconds=claimed.seconds)
        return Ending.AGAIN
    hold(session, claimed.opening_id, claimed.person_id)
    ending = _ended(session, site, claimed, State.PARKED, trouble)
    if ending is not Ending.TOO_LATE:
        _settle(session, site, claimed, is_good=False)
    return ending


def sweep(session: Session, site: Site) -> list[Ending]:
    """What is to be done for claimers that are not heard of any more: a failure of ours, each."""
    endings = []
    for each in expired(session, now=site.now()):
        hold(session, each.opening_id, each.person_id)
        if has_expired(session, each, now=site.now()):
            endings.append(failed(session, site, each, say("attempt_worker_lost")))
    return endings


def rerun(session: Session, site: Site, attempt_id: uuid.UUID) -> bool:
    """Grade an attempt that is over once more: a parked one in its class by the course's revision of today, a graded
    one behind all others by the revision that graded it. False for one that waits, runs or was superseded, and for one
    whose notebook is no longer kept."""
    attempt = session.get(Attempt, attempt_id, with_for_update=True)
    if attempt is None or attempt.state not in (State.GRADED, State.PARKED) or attempt.sha256 == EMPTY:
        return False
    was_parked = attempt.state is State.PARKED
    course = session.get(Course, attempt.course_id)
    if was_parked and course is not None and course.revision_id is not None:
        attempt.revision_id = course.revision_id
    attempt.tries, attempt.trouble, attempt.finished_at = 0, None, None
    enqueue(session, site, attempt, now=site.now(), priority=None if was_parked else Priority.REGRADE)
    return True


def _ended(session: Session, site: Site, claimed: Claimed, state: State, trouble: Message | None) -> Ending:
    ended = {
        "its_id": claimed.attempt_id,
        "its_fence": claimed.fence,
        "its_state": state,
        "its_tries": claimed.tries if state is State.GRADED else claimed.tries + 1,
        "its_end": site.now(),
        "its_trouble": trouble,
    }
    if session.connection().scalar(_ENDED, ended) is None:
        return Ending.TOO_LATE
    return Ending.GRADED if state is State.GRADED else Ending.PARKED


#: put together once, as every attempt ends by it
_ENDED: Final = (
    update(Attempt)
    .where(Attempt.id == bindparam("its_id"), Attempt.fence == bindparam("its_fence"), RUNNING)
    .values(
        state=bindparam("its_state", type_=Attempt.state.type),
        tries=bindparam("its_tries"),
        finished_at=bindparam("its_end", type_=Attempt.finished_at.type),
        lease_until=None,
        stage=None,
        trouble=bindparam("its_trouble", type_=Attempt.trouble.type),
    )
    .returning(Attempt.id)
)


def _tell(session: Session, site: Site, claimed: Claimed) -> None:
    """Once for each attempt: one that is graded again is no news."""
    tell_one(
        session,
        About.GRADED,
        opening_id=claimed.opening_id,
        person_id=claimed.person_id,
        attempt_id=claimed.attempt_id,
        event=f"graded:{claimed.attempt_id}",
        now=site.now(),
    )


def _settle(session: Session, site: Site, claimed: Claimed, *, is_good: bool) -> None:
    """What counts now; an attempt that gave way to one that is no good takes its place again."""
    if not is_good:
        revive(session, site, claimed.opening_id, claimed.person_id, now=site.now())
    settle_held(session, claimed.opening_id, claimed.person_id, site.now())
