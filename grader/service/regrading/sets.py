"""A regrade set as its instructor decides on it: begun, applied as a whole or to those who gain, dropped, undone.

Each is one transaction, on the trail, and refused with the reason where it would lose something. Whatever is handed in
or graded meanwhile is not in the set, and stays as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session, undefer

from grader.messages import say
from grader.policy.decision import Refusal, Refused
from grader.policy.state import State
from grader.report.differences import GAINS, Differences
from grader.report.report import Verdict
from grader.service.attempts.standing import hold_all, resettle
from grader.service.attempts.telling import seen_at, tell_moved
from grader.service.people.audit import Actor
from grader.service.queue.order import Priority
from grader.service.queue.pace import UNKNOWN_SECONDS
from grader.service.regrading.looking import differences_of, is_judged
from grader.service.regrading.replacing import attempts_of, put_back, replace_reports, reports_of
from grader.service.site import Site
from grader.service.store.outline import ResultOutline
from grader.service.store.putting import insert_into
from grader.service.store.regrade_tables import RegradeSet, RegradeWork, SetState
from grader.service.store.tables import Attempt, Opening, Revision, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which attempts are judged again, and by what. `exercise` and `check`: those alone that did not pass it."""

    revision_id: int
    exercise: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How many reports were replaced, and how many of the set stay as they are: graded anew since it was judged, or
    marked otherwise so that they would lose."""

    reports: int
    left: int = 0


def begin(
    session: Session, site: Site, opening: Opening, wanted: Wanted, *, actor: Actor, now: datetime
) -> uuid.UUID | Refused:
    """Have graded attempts at an opening judged again; the id of the set. Nothing of a student changes by that."""
    if (refused := _unfit(session, opening, wanted.revision_id)) is not None:
        return refused
    chosen = _chosen(session, opening.id, wanted)
    if not chosen:
        return Refused(kind=Refusal.FAULTY, message=say("regrade_nobody"))
    made = RegradeSet(
        id=uuid.uuid4(),
        course_id=opening.course_id,
        opening_id=opening.id,
        revision_id=wanted.revision_id,
        assignment=opening.assignment,
        exercise=wanted.exercise,
        check=wanted.check,
        state=SetState.OPEN,
        by_id=actor.person_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    rows = [_work(made.id, attempt_id, made_at) for attempt_id, made_at in chosen]
    session.execute(insert_into(session, RegradeWork), rows)
    for _ in range(min(len(rows), MOST_WOKEN)):
        site.wakeups.ring(session, priority=Priority.REGRADE, seconds=UNKNOWN_SECONDS)
    actor.did(
        session,
        "regrade.begun",
        f"regrade:{made.id}",
        course_id=opening.course_id,
        now=now,
        assignment=opening.assignment,
        revision=wanted.revision_id,
        exercise=wanted.exercise,
        check=wanted.check,
        attempts=len(rows),
    )
    return made.id


#: workers that are woken for a set; each goes on by itself
MOST_WOKEN = 64


def apply(
    session: Session, set_id: uuid.UUID, *, reason: str, only_gains: bool, actor: Actor, now: datetime
) -> Done | Refused:
    """Put the new reports in place of those that they were made of, with the reason in each."""
    found = session.get_one(RegradeSet, set_id, with_for_update=True)
    if found.state is not SetState.OPEN:
        return _not_open(found)
    if not is_judged(session, set_id):
        return Refused(kind=Refusal.NOT_READY, message=say("regrade_still_judged"))
    if not reason.strip():
        return Refused(kind=Refusal.FAULTY, message=say("regrade_why_page"))
    changes = differences_of(session, found)
    if only_gains and (refused := _two_totals(changes)) is not None:
        return refused
    works = changes.of(*GAINS) if only_gains else changes.works
    hold_all(session, found.opening_id)
    seen = seen_at(session, found.opening_id, now)
    found.reason, found.only_gains = reason.strip()[:1000], only_gains
    found.changed_at, found.state = now, SetState.APPLIED
    attempts = [uuid.UUID(work.who) for work in works]
    session.flush()
    replaced = replace_reports(session, found, attempts, now)
    resettle(session, found.opening_id, now)
    tell_moved(session, seen, found.opening_id, event=f"{found.state}:{found.id}", now=now)
    actor.did(
        session,
        "regrade.applied",
        f"regrade:{set_id}",
        course_id=found.course_id,
        now=now,
        reason=found.reason,
        only_gains=only_gains,
        reports=replaced,
    )
    return Done(reports=replaced, left=len(attempts) - replaced)


def drop(session: Session, set_id: uuid.UUID, *, actor: Actor, now: datetime) -> Done | Refused:
    """Take the new reports away; nothing else has changed."""
    found = session.get_one(RegradeSet, set_id, with_for_update=True)
    if found.state is not SetState.OPEN:
        return _not_open(found)
    session.execute(delete(RegradeWork).where(RegradeWork.set_id == set_id))
    found.state, found.changed_at, found.differences = SetState.DROPPED, now, None
    actor.did(session, "regrade.dropped", f"regrade:{set_id}", course_id=found.course_id, now=now)
    return Done(reports=0)


def undo(session: Session, set_id: uuid.UUID, *, actor: Actor, now: datetime) -> Done | Refused:
    """Put every report back that the set replaced, as it was. Refused where one was replaced since, or is about to be:
    whoever grades it again has taken the set's revision, and would bring it back. Refused, too, where somebody has
    marked one since, knowing what it says by now."""
    found = session.get_one(RegradeSet, set_id, with_for_update=True)
    if found.state is not SetState.APPLIED:
        return Refused(kind=Refusal.FAULTY, message=say("regrade_not_applied"))
    hold_all(session, found.opening_id)
    if session.scalar(_graded_anew(set_id)):
        return Refused(kind=Refusal.NOT_READY, message=say("regrade_still_judged"))
    works = _applied_works(session, set_id)
    theirs = [work.attempt_id for work in works]
    attempts, stored = attempts_of(session, theirs), reports_of(session, theirs)
    kept = [each for each in stored.values() if each.made_at == found.changed_at]
    if later := len(works) - len(kept):
        return Refused(kind=Refusal.FAULTY, message=say("regrade_changed_since", reports=later))
    if marked := sum(_is_marked_since(each, found.changed_at) for each in kept):
        return Refused(kind=Refusal.FAULTY, message=say("regrade_marked_since", reports=marked))
    seen = seen_at(session, found.opening_id, now)
    put_back(works, attempts, stored)
    found.state, found.changed_at = SetState.UNDONE, now
    session.flush()
    resettle(session, found.opening_id, now)
    tell_moved(session, seen, found.opening_id, event=f"{found.state}:{found.id}", now=now)
    actor.did(session, "regrade.undone", f"regrade:{set_id}", course_id=found.course_id, now=now, reports=len(works))
    return Done(reports=len(works))


def _is_marked_since(stored: StoredReport, moment: datetime | None) -> bool:
    marks = (stored.marks or {}).values()
    return moment is not None and any(each.given is not None and each.at > moment for each in marks)


def _unfit(session: Session, opening: Opening, revision_id: int) -> Refused | None:
    """Why nothing can be judged by that revision, or not now."""
    revision = session.get(Revision, revision_id)
    if revision is None or revision.course_id != opening.course_id:
        return Refused(kind=Refusal.FAULTY, message=say("regrade_no_revision"))
    outline = next((each for each in revision.assignments if each.id == opening.assignment), None)
    if outline is None:
        return Refused(kind=Refusal.NOT_READY, message=say("opening_no_assignment", assignment=opening.assignment))
    if outline.fault is not None:
        return Refused(kind=Refusal.NOT_READY, message=say("regrade_revision_fault", fault=outline.fault))
    # the opening's row is held, so that of two who begin at once the second finds the first one's set
    session.execute(select(Opening.id).where(Opening.id == opening.id).with_for_update(key_share=True))
    waits = select(func.count()).where(RegradeSet.opening_id == opening.id, RegradeSet.state == SetState.OPEN)
    if session.scalar(waits):
        return Refused(kind=Refusal.FAULTY, message=say("regrade_is_open"))
    return None


def _chosen(session: Session, opening_id: int, wanted: Wanted) -> Sequence[tuple[uuid.UUID, datetime]]:
    asked = (
        select(Attempt.id, StoredReport.made_at, StoredReport.outline)
        .join(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(Attempt.opening_id == opening_id, Attempt.state == State.GRADED)
        .order_by(Attempt.person_id, Attempt.number)
    )
    return [(row.id, row.made_at) for row in session.execute(asked) if _is_wanted(row.outline, wanted)]


def _is_wanted(outline: ResultOutline, wanted: Wanted) -> bool:
    if wanted.exercise is None:
        return True
    checks = (check for each in outline.exercises if each.id == wanted.exercise for check in each.checks)
    return any(check.verdict != Verdict.PASSED for check in checks if wanted.check is None or check.id == wanted.check)


def _work(set_id: uuid.UUID, attempt_id: uuid.UUID, made_at: datetime) -> dict[str, object]:
    return {
        "id": uuid.uuid4(),
        "set_id": set_id,
        "attempt_id": attempt_id,
        "made_at": made_at,
        "state": State.WAITING,
        "fence": 0,
        "tries": 0,
        "asked_again": False,
    }


#: what a set that was decided on says
_WAS: Final = {
    SetState.APPLIED: "regrade_was_applied",
    SetState.DROPPED: "regrade_was_dropped",
    SetState.UNDONE: "regrade_was_undone",
}


def _not_open(found: RegradeSet) -> Refused:
    """It was decided on before: the answer to whoever decides twice."""
    return Refused(kind=Refusal.FAULTY, message=say(_WAS[found.state]))


def _two_totals(changes: Differences) -> Refused | None:
    for work in changes.works:
        if work.before is not None and work.now is not None and work.before.possible != work.now.possible:
            message = say("regrade_gains_of_points", before=work.before.possible, now=work.now.possible)
            return Refused(kind=Refusal.FAULTY, message=message)
    return None


def _graded_anew(set_id: uuid.UUID) -> Select[int]:
    """How many attempts of the set are graded once more at this moment."""
    return (
        select(func.count())
        .select_from(Attempt)
        .join(RegradeWork, RegradeWork.attempt_id == Attempt.id)
        .where(RegradeWork.set_id == set_id, RegradeWork.before.is_not(None))
        .where(Attempt.state.in_((State.WAITING, State.RUNNING)))
    )


def _applied_works(session: Session, set_id: uuid.UUID) -> Sequence[RegradeWork]:
    asked = select(RegradeWork).where(RegradeWork.set_id == set_id, RegradeWork.before.is_not(None))
    return session.scalars(asked.options(undefer(RegradeWork.before)).order_by(RegradeWork.attempt_id)).all()
