"""Requests for another look at an exercise: the list of a course, and the answer, with another mark or without."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from grader.messages import Message, say
from grader.policy.marking import MOST_COMMENT, MOST_REQUEST, NotAsked, NotSaved
from grader.policy.scopes import Scope
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import titles_in
from grader.service.marking.replies import Reply, decided_by
from grader.service.marking.requests import answer, requests_in
from grader.service.store.mark_tables import MarkRequest
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, OnAttempt, OwnAttempt, site_of
from grader.service.web.problems import NotThere
from grader.service.web.staff.attempt import Unsaved, attempt_page
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.typed import MOST, plain
from grader.service.web.trail import actor_of

router = APIRouter()
#: on one page
SHOWN: Final = 200


class ReplyForm(BaseModel):
    """What was typed; without points those that count stay, without another comment the mark stays as it is."""

    model_config = ConfigDict(frozen=True)

    exercise: str = Field(max_length=200)
    version: int = Field(ge=0, le=MOST)
    answer: str = Field(default="", max_length=4 * MOST_REQUEST)
    points: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=4 * MOST_COMMENT)


@router.get("/courses/{slug}/marking/requests")
def requests(request: Request, course: InCourse = Depends(Member(Role.GRADER))) -> HTMLResponse:
    """Those that wait first, then the last that were answered."""
    words = words_for(request, course.caller)
    with site_of(request).database.read() as session:
        assignments = tuple(current_assignments(session, course.course_id).values())
        return course_page(
            request,
            "staff/requests.html.j2",
            course,
            tab="marking",
            requests=requests_in(session, course.course_id, most=SHOWN),
            named=lambda each: titles_in(assignments, each.assignment).by_id(each.row.exercise, words),
            titled=lambda each: titles_in(assignments, each.assignment).title(words),
        )


@router.post("/attempts/{attempt_id}/staff/requests")
def answer_one(
    request: Request,
    form: Annotated[ReplyForm, Form()],
    attempt: OnAttempt = Depends(OwnAttempt(scope=Scope.TEACH, own=False, staff=Role.GRADER)),
) -> Response:
    """Answer a request of this student's, and decide anew about the exercise if points are given."""
    site = site_of(request)
    reply = _reply(form)
    if isinstance(reply, Message):
        return attempt_page(request, attempt, unsaved=_unsaved(form, reply), http_status=422)
    with site.database.begin() as session:
        found = session.get(MarkRequest, (attempt.opening_id, attempt.person_id, plain(form.exercise)))
        if found is None:
            raise NotThere
        text, actor = plain(form.answer.replace("\r\n", "\n")), actor_of(request, attempt.course)
        decided = decided_by(session, found, reply)
        done = (
            decided
            if isinstance(decided, NotSaved)
            else answer(session, found, text, decided=decided, actor=actor, now=site.now())
        )
    if isinstance(done, NotSaved | NotAsked):
        return attempt_page(request, attempt, unsaved=_unsaved(form, done.message), http_status=409)
    return back(f"/attempts/{attempt.attempt_id}/staff", Done.SAVED)


def _reply(form: ReplyForm) -> Reply | Message:
    typed = form.points.strip()
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return say("marks_number", points=typed)
    comment = plain(form.comment.replace("\r\n", "\n"))
    return Reply(points=int(typed) if typed else None, comment=comment, version=form.version)


def _unsaved(form: ReplyForm, message: Message) -> Unsaved:
    return Unsaved(
        exercise=form.exercise, points=form.points, comment=form.comment, answer=form.answer, message=message
    )
