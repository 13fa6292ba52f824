"""The API on handing in: a notebook comes, an attempt with its receipt is the answer. `receiving.py` decides."""

from __future__ import annotations

import uuid
from asyncio import wrap_future
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session, joinedload

from grader.limits import MEGABYTE
from grader.messages import Words, say
from grader.policy.decision import Refusal, Refused
from grader.policy.scopes import Scope
from grader.service.attempts.blind import SEES_ALL
from grader.service.attempts.handed_in import HandIn, Received
from grader.service.attempts.receiving import receive_all
from grader.service.people import audit
from grader.service.people.members import students_called
from grader.service.queue.position import Position, positions_of_new
from grader.service.site import Site
from grader.service.store.tables import Attempt, Role, Source
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.attempt_shapes import TakenShape, new, one, places_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.shapes import AssignmentId
from grader.service.web.api.uploads import MULTIPART, uploaded
from grader.service.web.pages import language_of
from grader.service.web.problems import NotAllowed, NotThere, Problem
from grader.service.web.refusing import API

router = noun("attempts")

#: what is wrong with the request itself; all other refusals are of this moment, or of this student
STATUSES = {
    Refusal.EMPTY: 422,
    Refusal.FAULTY: 422,
    Refusal.KEY_REUSED: 422,
    Refusal.TOO_LARGE: 413,
    Refusal.NOT_ENROLLED: 403,
}


@router.post(
    "/courses/{slug}/assignments/{assignment}/attempts",
    operation_id="handIn",
    status_code=201,
    response_model=TakenShape,
    openapi_extra=MULTIPART,
    responses={
        200: {"model": TakenShape, "description": "The same upload, by its `Idempotency-Key`, came before."},
        409: problem("Not now: not open yet, closed, no attempts left, cooling down. `allowed_from` says from when."),
    },
)
async def hand_in(
    request: Request,
    assignment: AssignmentId,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern=r"^[!-~]+$",
            description="Your own name for this upload: sent twice with it, it is one attempt.",
        ),
    ] = None,
    course: InCourse = Depends(Member(Role.STUDENT, Scope.SUBMIT)),
) -> Response:
    """Hand a notebook in. The answer comes when it is stored; its report, when it is graded."""
    sent = await uploaded(request)
    site, words = site_of(request), Words(language_of(request, course.caller))
    made = partial(
        HandIn,
        course_id=course.course_id,
        assignment=assignment,
        person_id=course.caller.person_id,
        filename=sent.filename,
        data=sent.data,
        source=Source.CI if course.role is Role.CI else Source.API,
        idempotency_key=idempotency_key,
        arrived_at=site.now(),
    )
    hand_in = made() if len(sent.data) <= MEGABYTE else await run_in_threadpool(made)  # it is hashed
    asked = _Asked(site=site, course=course, hand_in=hand_in, on_behalf_of=sent.on_behalf_of)
    stored = await wrap_future(site.database.write_one_of(_stored, asked))
    received = stored.received
    if stored.nobody is not None:
        raise stored.nobody
    if received is None:
        raise NotThere
    if isinstance(received, Refused):
        status = STATUSES.get(received.kind, 409)
        raise Problem(status, received.kind.value, received.message, allowed_from=received.allowed_from)
    if received.is_new:
        taken = new(received, hand_in.source, course, words, stored.place)
    else:
        taken = await run_in_threadpool(_as_before, request, course, received, words)
    request.state.attempt_id = taken.id
    where = {"Location": f"{API}/attempts/{taken.id}"}
    said = taken.model_dump_json()  # it is valid: nobody looks through it once more
    return Response(said, 201 if received.is_new else 200, headers=where, media_type="application/json")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One upload, and of whom it comes for whom."""

    site: Site
    course: InCourse
    hand_in: HandIn
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What became of it, and where it waits. `nobody`: why no person can be meant; a value, since an exception would
    undo what others write in the same transaction, and have it done again."""

    received: Received | Refused | None = None
    place: Position | None = None
    nobody: NotAllowed | Problem | None = None


def _stored(session: Session, those: Sequence[_Asked]) -> list[_Stored]:
    """All of what came at once, of one site."""
    meant = [_meant(session, each) for each in those]
    hand_ins = [each for each in meant if isinstance(each, HandIn)]
    site = those[0].site
    received = dict(zip(map(id, hand_ins), receive_all(session, site, hand_ins), strict=True))
    new = [each.attempt_id for each in received.values() if isinstance(each, Received) and each.is_new]
    places = positions_of_new(session.connection(), new, site.now())
    return [
        _answer(session, asked, each, received[id(each)], places) if isinstance(each, HandIn) else _Stored(nobody=each)
        for asked, each in zip(those, meant, strict=True)
    ]


def _meant(session: Session, asked: _Asked) -> HandIn | NotAllowed | Problem:
    """What is handed in, by whom it is meant for."""
    try:
        person_id = _whose(session, asked.course, asked.on_behalf_of)
    except (NotAllowed, Problem) as nobody:
        return nobody
    return asked.hand_in if person_id == asked.hand_in.person_id else replace(asked.hand_in, person_id=person_id)


def _answer(
    session: Session,
    asked: _Asked,
    hand_in: HandIn,
    received: Received | Refused | None,
    places: Mapping[uuid.UUID, Position],
) -> _Stored:
    if not isinstance(received, Received) or not received.is_new:
        return _Stored(received=received)
    if hand_in.person_id != asked.course.caller.person_id:
        _note(session, asked.course, received, hand_in.person_id, now=received.receipt.statement.received_at)
    return _Stored(received=received, place=places.get(received.attempt_id))


def _note(session: Session, course: InCourse, received: Received, person_id: int, *, now: datetime) -> None:
    """Who handed in for somebody else is on the trail: the attempt itself says whose it is."""
    audit.record(
        session,
        actor_id=course.caller.person_id,
        course_id=course.course_id,
        action="attempt.handed_in",
        subject=f"attempt:{received.attempt_id}",
        details={"person": person_id},
        now=now,
    )


def _as_before(request: Request, course: InCourse, received: Received, words: Words) -> TakenShape:
    """An upload that came once more, as its attempt is by now."""
    site = site_of(request)
    with site.database.read() as session:
        whole = (joinedload(Attempt.opening), joinedload(Attempt.person), joinedload(Attempt.report))
        row = session.get_one(Attempt, received.attempt_id, options=whole)
        shape = one(session, row, course, words, places_of(request).of(session, row, site.now()), SEES_ALL)
    notices = tuple(map(words.text, received.notices))
    return TakenShape(**dict(shape), receipt=received.receipt, notices=notices)


def _whose(session: Session, course: InCourse, on_behalf_of: str | None) -> int:
    """Whose attempt it is: the caller's, or that of the student whom a program or staff name. Raises NotAllowed and
    Problem."""
    if on_behalf_of is None:
        if course.role is Role.CI:
            raise Problem(422, "invalid", say("api_on_behalf_of_whom"))
        return course.caller.person_id
    if course.role is not Role.CI and not course.is_staff:
        raise NotAllowed
    found = students_called(session, course.course_id, on_behalf_of)
    if len(found) != 1:
        raise Problem(422, "no_such_student", say("api_no_such_student"))
    return found[0]
