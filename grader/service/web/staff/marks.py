"""A mark for one exercise of an attempt, given or taken back on the attempt's own page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from grader.messages import Message, say
from grader.policy.marking import MOST_COMMENT, MOST_REASON, NotSaved, Way, Why
from grader.policy.scopes import Scope
from grader.report.marking import Given
from grader.service.marking.saving import Decided, save
from grader.service.store.tables import Role
from grader.service.web.access import OnAttempt, OwnAttempt, site_of
from grader.service.web.staff.attempt import Unsaved, attempt_page
from grader.service.web.staff.frame import Done, back
from grader.service.web.staff.typed import MOST, plain
from grader.service.web.trail import actor_of

router = APIRouter()


class OneMarkForm(BaseModel):
    """What was typed; `take_back` is pressed to let the machine's points count again."""

    model_config = ConfigDict(frozen=True)

    exercise: str = Field(max_length=200)
    check: str = Field(default="", max_length=200)
    version: int = Field(ge=0, le=MOST)
    points: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=4 * MOST_COMMENT)
    reason: str = Field(default="", max_length=4 * MOST_REASON)
    take_back: str = Field(default="", max_length=10)


@router.post("/attempts/{attempt_id}/staff/marks")
def mark(
    request: Request,
    form: Annotated[OneMarkForm, Form()],
    attempt: OnAttempt = Depends(OwnAttempt(scope=Scope.TEACH, own=False, staff=Role.GRADER)),
) -> Response:
    """Save it, or show the page again with what was typed and what stands by now."""
    site = site_of(request)
    given = None if form.take_back else _given(form)
    if isinstance(given, Message):
        return attempt_page(request, attempt, unsaved=_unsaved(form, given), http_status=422)
    decided = Decided(
        attempt_id=attempt.attempt_id,
        exercise=form.exercise,
        given=given,
        check=form.check or None,
        version=form.version,
        way=Way.PAGE,
        reason=plain(form.reason),
    )
    with site.database.begin() as session:
        made = save(session, decided, actor=actor_of(request, attempt.course), now=site.now())
    if isinstance(made, NotSaved):
        status = 409 if made.why is Why.CHANGED else 422
        return attempt_page(request, attempt, unsaved=_unsaved(form, made.message), http_status=status)
    return back(f"/attempts/{attempt.attempt_id}/staff", Done.SAVED)


def _given(form: OneMarkForm) -> Given | Message:
    typed = form.points.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return say("marks_number", points=typed) if typed else say("marks_no_points")
    return Given(points=int(typed), comment=plain(form.comment.replace("\r\n", "\n")))


def _unsaved(form: OneMarkForm, message: Message) -> Unsaved:
    return Unsaved(
        exercise=form.exercise,
        check=form.check,
        points=form.points,
        comment=form.comment,
        reason=form.reason,
        message=message,
    )
