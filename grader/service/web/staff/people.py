"""The people of a course: found, given another role or section, marked as left, called back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from grader.policy.scopes import Scope
from grader.service.attempts.moving import moving
from grader.service.lti.rostering import rosters_of
from grader.service.people.members import (
    PAGE,
    MemberChange,
    Unchanged,
    Wanted,
    change_member,
    members,
    sections,
)
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_member
from grader.service.web.problems import NotAllowed
from grader.service.web.staff.frame import Done, back, course_page
from grader.service.web.staff.typed import PathId, plain
from grader.service.web.trail import actor_of

router = APIRouter()
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)


@router.get("/courses/{slug}/people")
def people(
    request: Request,
    text: str = "",
    role: str = "",
    section: str = "",
    left: bool = False,
    page: int = 1,
    course: InCourse = Depends(Member(Role.GRADER)),
) -> HTMLResponse:
    """The people of a course, a hundred on a page."""
    wanted = Wanted(
        text=text.strip()[:200],
        role=Role(role) if role in set(Role) else None,
        section_id=int(section) if section.isascii() and section.isdigit() and len(section) < 10 else None,
        left=left,
    )
    place = min(max(page, 1), 10_000)
    with site_of(request).database.read() as session:
        found = members(session, course.course_id, wanted, page=place)
        return course_page(
            request,
            "staff/people.html.j2",
            course,
            tab="people",
            found=found,
            wanted=wanted,
            roles=tuple(Role),
            sections=sections(session, course.course_id),
            from_platform=bool(rosters_of(session, course.course_id)),
            place=place,
            pages=max(1, -(-found.in_all // PAGE)),
        )


@router.post("/courses/{slug}/people/{person_id}/role")
def change(
    request: Request,
    person_id: PathId,
    role: Annotated[Role, Form()],
    section: Annotated[str, Form(max_length=200)] = "",
    course: InCourse = Depends(CHANGES),
) -> RedirectResponse:
    """Give somebody another role or section. The last who could teach the course stays so."""
    return _changed(request, course, person_id, MemberChange(role=role, section=plain(section)))


@router.post("/courses/{slug}/people/{person_id}/leave")
def left_course(request: Request, person_id: PathId, course: InCourse = Depends(CHANGES)) -> RedirectResponse:
    """Mark somebody as left: what they handed in stays."""
    return _changed(request, course, person_id, MemberChange(here=False))


@router.post("/courses/{slug}/people/{person_id}/return")
def returned(request: Request, person_id: PathId, course: InCourse = Depends(CHANGES)) -> RedirectResponse:
    """Call somebody back who had left."""
    return _changed(request, course, person_id, MemberChange(here=True))


def _changed(request: Request, course: InCourse, person_id: int, change: MemberChange) -> RedirectResponse:
    site = site_of(request)
    with site.database.begin() as session, moving(session, person_id, now=site.now()):
        found = the_member(session, course, person_id)
        unchanged = change_member(session, found, change, actor=actor_of(request, course), now=site.now())
    if unchanged is Unchanged.NOT_ALLOWED:
        raise NotAllowed
    done = Done.SAVED if unchanged is None else Done.LAST_TEACHER
    return back(f"/courses/{course.slug}/people/{person_id}", done)
