"""A student asks for another look at an exercise, once, while the opening allows it; staff answer, and change the mark
or do not. Both stay: the request with its answer, the mark with its history."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from grader.messages import Message, say
from grader.policy.mail import About
from grader.policy.marking import MOST_A_DAY, MOST_REQUEST, NotAsked, NotSaved, WhyNot
from grader.policy.moments import told
from grader.service.attempts.offered import Offered, opening_of
from grader.service.attempts.standing import hold
from grader.service.attempts.telling import note_told
from grader.service.marking.saving import Decided, save
from grader.service.people.audit import Actor
from grader.service.people.outbox import tell_one
from grader.service.people.secrets import digest
from grader.service.store.mark_tables import MarkRequest
from grader.service.store.tables import Attempt, Opening, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What somebody asks of one of their own attempts."""

    attempt_id: uuid.UUID
    exercise: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it stands, with the names of those whom it is about."""

    row: MarkRequest
    assignment: str
    student: str
    by: str | None


def ask(session: Session, asking: Asking, *, actor: Actor, now: datetime) -> MarkRequest | NotAsked | None:
    """Take a request; the very same sent twice is one, also at once. None where the attempt is not theirs."""
    attempt = session.get(Attempt, asking.attempt_id)
    if attempt is None or attempt.person_id != actor.person_id:
        return None
    hold(session, attempt.opening_id, attempt.person_id)
    offered = opening_of(session, attempt.course_id, attempt.opening.assignment, attempt.person_id, now)
    if offered is None:
        return None
    key = (attempt.opening_id, attempt.person_id, asking.exercise)
    there = session.get(MarkRequest, key)
    if there is not None and there.text == asking.text and offered.sight.points:
        return there
    if (refused := _refused(session, offered, attempt, asking, there=there is not None, now=now)) is not None:
        return refused
    opening_id, person_id, exercise = key
    made = MarkRequest(
        opening_id=opening_id,
        person_id=person_id,
        exercise=exercise,
        attempt_id=attempt.id,
        text=asking.text,
        at=now,
    )
    session.add(made)
    session.flush()
    actor.did(
        session,
        "request.asked",
        f"attempt:{attempt.id}",
        course_id=attempt.course_id,
        now=now,
        exercise=exercise,
    )
    return made


def may_ask(offered: Offered, attempt_id: uuid.UUID, now: datetime) -> Sequence[str]:
    """The exercises of that attempt about which its student may ask at this moment, those asked before included."""
    until = offered.terms.requests_until
    if until is None or now > until or not offered.sight.points or offered.counted is None:
        return ()
    return [name for name, counts in offered.counted.by_exercise.items() if counts == attempt_id]


def answer(
    session: Session, request: MarkRequest, text: str, *, decided: Decided | None, actor: Actor, now: datetime
) -> MarkRequest | NotAsked | NotSaved:
    """Answer it, and decide anew about the exercise if that is wanted: both or neither. An answer is given once."""
    hold(session, request.opening_id, request.person_id)
    session.refresh(request, with_for_update=True)
    if request.answered_at is not None:
        if request.by_id == actor.person_id and request.answer == text:
            return request
        return NotAsked(why=WhyNot.ANSWERED, message=say("request_answered"))
    if (fault := _no_text(text)) is not None:
        return fault
    if decided is not None:
        made = save(session, decided, actor=actor, now=now)
        if isinstance(made, NotSaved):
            return made
        request.version = made.version
    request.answer, request.answered_at, request.by_id = text, now, actor.person_id
    course_id = session.scalar(select(Attempt.course_id).where(Attempt.id == request.attempt_id))
    actor.did(
        session,
        "request.answered",
        f"attempt:{request.attempt_id}",
        course_id=course_id,
        now=now,
        exercise=request.exercise,
        version=request.version,
    )
    session.flush()
    event = f"answered:{request.attempt_id}:{digest(request.exercise)}"
    tell_one(
        session,
        About.ANSWERED,
        opening_id=request.opening_id,
        person_id=request.person_id,
        attempt_id=request.attempt_id,
        event=event,
        now=now,
    )
    note_told(session, request.opening_id, request.person_id, event=event, now=now)
    return request


def requests_of(session: Session, opening_id: int, person_id: int) -> Mapping[str, Request]:
    """What somebody asked at an opening, by exercise."""
    asked = _asked().where(MarkRequest.opening_id == opening_id, MarkRequest.person_id == person_id)
    return {each.row.exercise: each for each in map(_request, session.execute(asked))}


def requests_in(session: Session, course_id: int, *, most: int, opening_id: int | None = None) -> Sequence[Request]:
    """So many of a course, or of one opening: those that wait first, the oldest first; then the last answered."""
    asked = _asked().where(Opening.course_id == course_id)
    if opening_id is not None:
        asked = asked.where(MarkRequest.opening_id == opening_id)
    waits = MarkRequest.answered_at.is_not(None)
    order = asked.order_by(waits, MarkRequest.answered_at.desc(), MarkRequest.at, MarkRequest.person_id)
    return [_request(row) for row in session.execute(order.limit(most))]


def _refused(
    session: Session, offered: Offered, attempt: Attempt, asking: Asking, *, there: bool, now: datetime
) -> NotAsked | None:
    until = offered.terms.requests_until
    if until is None:
        return NotAsked(why=WhyNot.CLOSED, message=say("request_never"))
    if now > until:
        return NotAsked(why=WhyNot.CLOSED, message=say("request_closed", when=told(until, offered.zone)))
    if not offered.sight.points:
        return NotAsked(why=WhyNot.NOT_SHOWN, message=say("request_not_shown"))
    if asking.exercise not in may_ask(offered, attempt.id, now):
        return NotAsked(why=WhyNot.NOT_COUNTING, message=say("request_not_counting"))
    if there:
        return _asked_already()
    if (fault := _no_text(asking.text)) is not None:
        return fault
    today = (
        select(func.count())
        .select_from(MarkRequest)
        .join(Opening, Opening.id == MarkRequest.opening_id)
        .where(
            Opening.course_id == attempt.course_id,
            MarkRequest.person_id == attempt.person_id,
            MarkRequest.at > now - timedelta(days=1),
        )
    )
    if (session.scalar(today) or 0) >= MOST_A_DAY:
        return NotAsked(why=WhyNot.TOO_MANY, message=say("request_too_many", most=MOST_A_DAY))
    return None


def _no_text(text: str) -> NotAsked | None:
    if not text.strip():
        return NotAsked(why=WhyNot.EMPTY, message=say("request_empty"))
    if len(text) > MOST_REQUEST:
        return NotAsked(why=WhyNot.TOO_LONG, message=_long())
    return None


def _long() -> Message:
    return say("request_long", most=f"{MOST_REQUEST:,}")


def _asked_already() -> NotAsked:
    return NotAsked(why=WhyNot.ASKED, message=say("request_asked"))


def _asked() -> Select[MarkRequest, str, str, str]:
    student, by = aliased(Person), aliased(Person)
    return (
        select(MarkRequest, Opening.assignment, student.name, by.name)
        .join(Opening, Opening.id == MarkRequest.opening_id)
        .join(student, student.id == MarkRequest.person_id)
        .outerjoin(by, by.id == MarkRequest.by_id)
        .order_by()
    )


def _request(found: Row[MarkRequest, str, str, str]) -> Request:
    row, assignment, student, by = found
    return Request(row=row, assignment=assignment, student=student, by=by)
