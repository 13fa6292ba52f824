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
from grader.report.report import Report, Verdict
from grader.service.attempts.documents import after_marking, packed, unpacked
from grader.service.attempts.outlining import outlined
from grader.service.attempts.standing import resettle
from grader.service.people.audit import Actor
from grader.service.queue.order import Priority
from grader.service.queue.pace import UNKNOWN_SECONDS
from grader.service.regrading.looking import differences_of, is_judged
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
    session.execute(select(Opening.id).where(Opening.id == found.opening_id).with_for_update())
    found.reason, found.only_gains = reason.strip()[:1000], only_gains
    found.changed_at, found.state = now, SetState.APPLIED
    attempts = [uuid.UUID(work.who) for work in works]
    replaced = sum(_replaced(session, found, attempt_id, now) for attempt_id in attempts)
    session.flush()
    resettle(session, found.opening_id, now)
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
    whoever grades it again has taken the set's revision, and would bring it back."""
    found = session.get_one(RegradeSet, set_id, with_for_update=True)
    if found.state is not SetState.APPLIED:
        return Refused(kind=Refusal.FAULTY, message=say("regrade_not_applied"))
    session.execute(select(Opening.id).where(Opening.id == found.opening_id).with_for_update())
    if session.scalar(_graded_anew(set_id)):
        return Refused(kind=Refusal.NOT_READY, message=say("regrade_still_judged"))
    works = _applied_works(session, set_id)
    stored = {work.attempt_id: _stored(session, work.attempt_id) for work in works}
    later = [each for each in stored.values() if each is None or each.made_at != found.changed_at]
    if later:
        return Refused(kind=Refusal.FAULTY, message=say("regrade_changed_since", reports=len(later)))
    for work in works:
        _put_back(session, work, stored[work.attempt_id])
    found.state, found.changed_at = SetState.UNDONE, now
    session.flush()
    resettle(session, found.opening_id, now)
    actor.did(session, "regrade.undone", f"regrade:{set_id}", course_id=found.course_id, now=now, reports=len(works))
    return Done(reports=len(works))


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
    session.execute(select(Opening.id).where(Opening.id == opening.id).with_for_update())
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


def _stored(session: Session, attempt_id: uuid.UUID) -> StoredReport | None:
    return session.get(StoredReport, attempt_id, options=[undefer(StoredReport.document)], with_for_update=True)


def _replaced(session: Session, found: RegradeSet, attempt_id: uuid.UUID, now: datetime) -> bool:
    """Whether the report was still the one that was judged again, and is replaced now. Where only gains apply, it is
    one still."""
    stored = _stored(session, attempt_id)  # first, as whoever forgets its student takes the work away with it
    asked = select(RegradeWork).where(RegradeWork.set_id == found.id, RegradeWork.attempt_id == attempt_id)
    work = session.scalars(asked.options(undefer(RegradeWork.document))).one_or_none()
    attempt = session.get(Attempt, attempt_id)
    if work is None or work.document is None or stored is None or attempt is None:
        return False
    if stored.made_at != work.made_at or attempt.state is not State.GRADED:
        return False
    report = unpacked(work.document)
    if found.only_gains and _loses(stored.outline, outlined(after_marking(report, stored.marks))):
        return False  # what people marked is not what it was when the set was looked at
    said = say("regraded", when=now.isoformat(timespec="seconds"), reason=found.reason)
    report = report.model_copy(update={"notices": (*report.notices, said)})
    work.before, work.before_revision_id = stored.document, stored.revision_id
    _write(stored, report, packed(report), found.revision_id, now)
    attempt.revision_id = found.revision_id
    return True


def _loses(before: ResultOutline, now: ResultOutline) -> bool:
    if before.earned is None or before.possible is None:
        return False
    return now.earned is None or now.possible is None or now.earned * before.possible < before.earned * now.possible


def _put_back(session: Session, work: RegradeWork, stored: StoredReport | None) -> None:
    assert stored is not None
    assert work.before is not None
    assert work.before_revision_id is not None
    report = unpacked(work.before)
    _write(stored, report, work.before, work.before_revision_id, work.made_at)
    session.get_one(Attempt, work.attempt_id).revision_id = work.before_revision_id
    work.before = work.before_revision_id = None


def _write(stored: StoredReport, report: Report, document: bytes, revision_id: int, made_at: datetime) -> None:
    """What people marked stays, and counts on top of it."""
    stored.document, stored.status = document, report.status
    stored.outline = outlined(after_marking(report, stored.marks))
    stored.revision_id, stored.made_at = revision_id, made_at


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
