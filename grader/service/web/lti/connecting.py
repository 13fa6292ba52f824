"""The page on which whoever teaches a course here says that a course of a platform is that one. Whoever was launched
may hand it to a colleague, or to their own other account: it says who was, and the course chosen decides who may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import say
from grader.service.courses.current import course_called
from grader.service.courses.joined import courses_of
from grader.service.lti.arriving import connect, target_of
from grader.service.lti.sealing import CHOICE_LASTS, SealedChoice, opened
from grader.service.people.audit import Actor
from grader.service.people.members import TEACHERS
from grader.service.store.lti_tables import LtiContext
from grader.service.store.tables import Course, Person
from grader.service.web.access import Caller, OwnAccount, site_of
from grader.service.web.pages import page
from grader.service.web.problems import NotAllowed, Problem
from grader.service.web.refusing import request_id

router = APIRouter(prefix="/lti", include_in_schema=False)
SELF: Final = OwnAccount()


class ChoiceOver(Problem):
    """It is too long ago, or was for somebody else."""

    def __init__(self) -> None:
        super().__init__(404, "choice_over", say("lti_choice_over"))


@router.get("/connect")
def connecting(request: Request, choice: str = "", caller: Caller = Depends(SELF)) -> HTMLResponse:
    """The courses that the reader teaches here: one of them is that course of the platform."""
    with site_of(request).database.read() as session:
        said, context = _unconnected(request, session, choice)
        named = _named(request, session, said)
        return page(
            request,
            "lti/connect.html.j2",
            caller=caller,
            choice=choice,
            context=context,
            platform=context.deployment.platform,
            taught=_taught(session, caller),
            named=None if named is None else named.id,
            is_launched=caller.person_id == said.person_id,
            launched=session.get_one(Person, said.person_id).name,
            elsewhere=f"/lti/connect?{urlencode({'choice': choice})}",
            at=site_of(request).address,
        )


@router.post("/connect", response_model=None)
def connected(
    request: Request,
    choice: Annotated[str, Form()] = "",
    course_id: Annotated[int, Form(ge=1, le=2**31 - 1)] = 0,
    caller: Caller = Depends(SELF),
) -> Response:
    """Connect the two. Whoever was launched here goes on; whoever came in a window of their own goes back."""
    site = site_of(request)
    with site.database.begin() as session:
        said, context = _unconnected(request, session, choice)
        course = next((each for each in _taught(session, caller) if each.id == course_id), None)
        if course is None:
            raise NotAllowed
        named = _named(request, session, said)
        copied = None if named is None or named.id == course.id else named.id
        connect(session, context, course, by_id=caller.person_id, copied_from_id=copied, now=site.now())
        actor = Actor(person_id=caller.person_id, request=request_id(request))
        details = {"context": context.context, "title": context.title, "copied_from": copied}
        actor.did(
            session, "platform.connected", f"context:{context.id}", course_id=course.id, now=site.now(), **details
        )
        title = course.title
    if caller.person_id == said.person_id:
        return RedirectResponse(f"/lti/choose?{urlencode({'choice': choice})}", status_code=303)
    return page(request, "lti/connected.html.j2", caller=caller, title=title)


def _unconnected(request: Request, session: Session, sealed: str) -> tuple[SealedChoice, LtiContext]:
    """For whoever has it: it is the course chosen that decides who may. One that is connected stays so."""
    found = opened(site_of(request), SealedChoice, sealed, lasts=CHOICE_LASTS)
    context = None if found is None else session.get(LtiContext, found[0].context_id)
    if found is None or context is None or context.course_id is not None:
        raise ChoiceOver
    return found[0], context


def _named(request: Request, session: Session, said: SealedChoice) -> Course | None:
    """The course that the link names: where a course was copied, the one it was copied from."""
    slug = target_of(said.target, site_of(request).address).slug
    return None if slug is None else course_called(session, slug)


def _taught(session: Session, caller: Caller) -> Sequence[Course]:
    found = courses_of(session, caller.person_id, every=caller.owns_site)
    return [
        each.course for each in found if each.course.archived_at is None and (each.role in TEACHERS or caller.owns_site)
    ]
