"""A course's roster taken from a learning platform: what it would change, and exactly that change made. The platform is
asked both times: what it says otherwise by then is shown anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from grader.messages import Message
from grader.policy.scopes import Scope
from grader.service.lti.rostering import Roster, apply, fetched, preview, rosters_of
from grader.service.lti.services.people_there import PlatformMember
from grader.service.people.roster import RosterChange, RosterRefused
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.roster import WHAT
from grader.service.web.staff.typed import FormId

router = APIRouter()
CHANGES: Final = Member(Role.INSTRUCTOR, Scope.TEACH)
PATH: Final = "/courses/{slug}/people/platform"


@router.get(PATH)
def ask(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> HTMLResponse:
    """Which courses at platforms may be asked."""
    return _drawn(request, course)


@router.post(f"{PATH}/preview")
def show(request: Request, context: FormId, course: InCourse = Depends(CHANGES)) -> HTMLResponse:
    """What the platform's roster would change; nothing is."""
    people = asked_of(request, course, context)
    if isinstance(people, Message):
        return _drawn(request, course, wrong=people)
    return _previewed(request, course, context, people)


@router.post(PATH)
def change(
    request: Request,
    context: FormId,
    digest: Annotated[str, Form(max_length=64)],
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Make the change that was previewed, and no other."""
    people = asked_of(request, course, context)
    if isinstance(people, Message):
        return _drawn(request, course, wrong=people)
    site = site_of(request)
    with site.database.begin() as session:
        made = apply(session, context, people, digest=digest, by_id=course.caller.person_id, now=site.now())
    if isinstance(made, RosterRefused):
        return _previewed(request, course, context, people, wrong=made.message)
    return back(f"/courses/{course.slug}/people", Done.IMPORTED)


def asked_of(request: Request, course: InCourse, context_id: int) -> Sequence[PlatformMember] | Message:
    """Everybody whom that course at a platform has now. Raises NotThere for one that is not this course's."""
    site = site_of(request)
    with site.database.read() as session:
        found = next((x for x in rosters_of(session, course.course_id) if x.context_id == context_id), None)
    if found is None:
        raise NotThere
    return fetched(site, found, calls=request.app.state.platform_calls)


def _previewed(
    request: Request, course: InCourse, context: int, people: Sequence[PlatformMember], *, wrong: Message | None = None
) -> HTMLResponse:
    with site_of(request).database.read() as session:
        would = preview(session, context, people)
    return _drawn(request, course, change=would, context=context, wrong=wrong)


def _drawn(
    request: Request,
    course: InCourse,
    *,
    change: RosterChange | None = None,
    context: int | None = None,
    wrong: Message | None = None,
) -> HTMLResponse:
    words = words_for(request, course.caller)
    with site_of(request).database.read() as session:
        rosters: Sequence[Roster] = rosters_of(session, course.course_id)
    return course_page(
        request,
        "staff/platform_roster.html.j2",
        course,
        tab="people",
        http_status=200 if wrong is None else 422,
        change=change,
        rosters=rosters,
        action=f"/courses/{course.slug}/people/platform",
        hidden={"context": context},
        wrong=wrong,
        what=lambda changed: words.say(WHAT[changed]),
    )
