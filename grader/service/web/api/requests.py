"""The API on requests for another look at an exercise: sent by the student whose attempt it is, listed and answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Request
from pydantic import Field
from sqlalchemy.orm import Session

from grader.policy.marking import MOST_COMMENT, MOST_REQUEST, NotAsked, NotSaved, WhyNot
from grader.policy.scopes import Scope
from grader.service.attempts.publication import section_of
from grader.service.attempts.seen import glass
from grader.service.marking.replies import Reply, decided_by
from grader.service.marking.requests import Asking, answer, ask, requests_in, requests_of
from grader.service.marking.requests import Request as Requested
from grader.service.store.mark_tables import EXERCISE, MarkRequest
from grader.service.store.tables import Opening, Role
from grader.service.web.access import InCourse, Member, OnAttempt, OwnAttempt, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import MOST, AssignmentId, Shape, Storable
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere, Problem
from grader.service.web.trail import actor_of

router = noun("marks")
PATH: Final = "/attempts/{attempt_id}/exercises/{exercise}/request"
Exercise = Annotated[str, Path(min_length=1, max_length=EXERCISE, examples=["my_softmax"])]
Text = Annotated[Storable, Field(min_length=1, max_length=MOST_REQUEST)]
#: so many are listed, those that wait first
SHOWN: Final = 500
CONFLICT: Final[dict[int | str, dict[str, Any]]] = {
    409: problem("It was asked or answered before, is closed, or somebody marked the exercise meanwhile.")
}


class NewRequest(Shape):
    """What the student says."""

    text: Text


class NewAnswer(Shape):
    """What staff say; with `points`, what is given from now on. A `comment` alone is told with the points that count
    already. `version`: of the mark that stands, 0 for none."""

    answer: Text
    points: int | None = Field(default=None, ge=0, le=MOST)
    comment: Annotated[Storable, Field(max_length=MOST_COMMENT)] = ""
    version: int = Field(default=0, ge=0, le=MOST)


class RequestShape(Shape):
    """A request as it stands; `answer` is null while it waits."""

    attempt: uuid.UUID
    exercise: str
    text: str
    at: datetime
    answer: str | None
    answered_at: datetime | None


class StaffRequest(RequestShape):
    """The same, with whose it is; `version`: of the mark that the answer made, null where the mark stayed."""

    person: int
    name: str
    by: str | None
    version: int | None


@router.post(PATH, operation_id="askForAnotherLook", status_code=201, responses=CONFLICT)
def send(
    request: Request,
    wanted: NewRequest,
    exercise: Exercise,
    asked: OnAttempt = Depends(OwnAttempt(scope=Scope.SUBMIT)),
) -> RequestShape:
    """Ask for another look at an exercise of one's own attempt that counts: once, until the date of the opening."""
    site = site_of(request)
    asking = Asking(attempt_id=asked.attempt_id, exercise=exercise, text=wanted.text.strip())
    with site.database.begin() as session:
        done = ask(session, asking, actor=actor_of(request, asked.course), now=site.now())
        if done is None:
            raise NotThere
        if isinstance(done, NotAsked):
            raise _refusal(done)
        return _shape(done)


@router.get("/attempts/{attempt_id}/requests", operation_id="listRequestsOfAttempt")
def of_attempt(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> Page[RequestShape]:
    """What was asked of an attempt, and answered; nothing while its student may not see the points that it is about."""
    site = site_of(request)
    with site.database.read() as session:
        if asked.is_own and not _may_see(session, asked, site.now()):
            return Page(items=(), next=None)
        found = requests_of(session, asked.opening_id, asked.person_id).values()
    mine = (each.row for each in found if each.row.attempt_id == asked.attempt_id)
    return Page(items=tuple(map(_shape, mine)), next=None)


@router.get("/courses/{slug}/assignments/{assignment}/requests", operation_id="listRequests")
def of_opening(
    request: Request, assignment: AssignmentId, course: InCourse = Depends(Member(Role.GRADER))
) -> Page[StaffRequest]:
    """What was asked about an assignment: those that wait first."""
    with site_of(request).database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        found = requests_in(session, course.course_id, most=SHOWN, opening_id=opening_id)
    return Page(items=tuple(map(_staffs, found)), next=None)


@router.put(f"{PATH}/answer", operation_id="answerRequest", responses=CONFLICT)
def reply(
    request: Request,
    wanted: NewAnswer,
    exercise: Exercise,
    asked: OnAttempt = Depends(OwnAttempt(Scope.TEACH, own=False, staff=Role.GRADER)),
) -> StaffRequest:
    """Answer it, and give other points or not: both or neither."""
    site = site_of(request)
    with site.database.begin() as session:
        found = session.get(MarkRequest, (asked.opening_id, asked.person_id, exercise))
        if found is None or found.attempt_id != asked.attempt_id:
            raise NotThere
        actor = actor_of(request, asked.course)
        decided = decided_by(session, found, _reply(wanted))
        if isinstance(decided, NotSaved):
            raise _refusal(decided)
        done = answer(session, found, wanted.answer.strip(), decided=decided, actor=actor, now=site.now())
        if isinstance(done, NotSaved | NotAsked):
            raise _refusal(done)
        return _staffs(requests_of(session, asked.opening_id, asked.person_id)[exercise])


def _may_see(session: Session, asked: OnAttempt, now: datetime) -> bool:
    """Whether the student sees the report."""
    opening = session.get_one(Opening, asked.opening_id)
    section_id = section_of(session, opening.course_id, asked.person_id)
    return glass(session, opening, section_id, now=now).sight.points


def _reply(wanted: NewAnswer) -> Reply:
    return Reply(points=wanted.points, comment=wanted.comment.strip(), version=wanted.version)


def _refusal(done: NotAsked | NotSaved) -> Problem:
    invalid = isinstance(done, NotAsked) and done.why in (WhyNot.EMPTY, WhyNot.TOO_LONG)
    return Problem(422 if invalid else 409, done.why.value, done.message)


def _shape(row: MarkRequest) -> RequestShape:
    return RequestShape.of(row, attempt=row.attempt_id)


def _staffs(each: Requested) -> StaffRequest:
    row = each.row
    return StaffRequest.of(row, attempt=row.attempt_id, person=row.person_id, name=each.student, by=each.by)
