"""The people of a course: found, given another role or section, marked as left, called back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from grader.service.people.invitations import take_back_of
from grader.service.people.members import (
    PAGE,
    Wanted,
    come_back,
    is_last_teacher,
    leave,
    member,
    members,
    section_called,
    sections,
)
from grader.service.store.tables import Membership, Role
from grader.service.web.access import InCourse, Member, Scope, site_of
from grader.service.web.problems import NotAllowed, NotThere
from grader.service.web.staff.frame import Done, back, course_page
from grader.service.web.staff.typed import PathId, plain
from grader.service.web.trail import note_in

router = APIRouter()
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)
#: what may be given here: nobody makes an owner on a page
ROLES = (Role.STUDENT, Role.GRADER, Role.INSTRUCTOR, Role.CI)


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
    if role not in ROLES:
        raise NotAllowed
    site = site_of(request)
    with site.database.begin() as session:
        found = there(session, course, person_id)
        if role is not Role.INSTRUCTOR and is_last_teacher(session, found):
            return _page_of(course, person_id, Done.LAST_TEACHER)
        _keep_owner(course, found)
        put = section_called(session, course.course_id, plain(section))
        found.role, found.section_id = role, None if put is None else put.id
        if role is not Role.INSTRUCTOR:
            take_back_of(session, course.course_id, person_id)
        note_in(
            session,
            request,
            course,
            "member.changed",
            f"person:{found.person_id}",
            role=role.value,
            section=plain(section),
        )
    return _page_of(course, person_id, Done.SAVED)


@router.post("/courses/{slug}/people/{person_id}/leave")
def left_course(request: Request, person_id: PathId, course: InCourse = Depends(CHANGES)) -> RedirectResponse:
    """Mark somebody as left: what they handed in stays."""
    site = site_of(request)
    with site.database.begin() as session:
        found = there(session, course, person_id)
        if is_last_teacher(session, found):
            return _page_of(course, person_id, Done.LAST_TEACHER)
        _keep_owner(course, found)
        leave(found, now=site.now())
        take_back_of(session, course.course_id, person_id)
        note_in(session, request, course, "member.left", f"person:{found.person_id}")
    return _page_of(course, person_id, Done.SAVED)


@router.post("/courses/{slug}/people/{person_id}/return")
def returned(request: Request, person_id: PathId, course: InCourse = Depends(CHANGES)) -> RedirectResponse:
    """Call somebody back who had left."""
    site = site_of(request)
    with site.database.begin() as session:
        found = there(session, course, person_id)
        come_back(found)
        note_in(session, request, course, "member.returned", f"person:{found.person_id}")
    return _page_of(course, person_id, Done.SAVED)


def there(session: Session, course: InCourse, person_id: int) -> Membership:
    """The person of that id in the course, whoever left included. Raises NotThere."""
    found = member(session, course.course_id, person_id)
    if found is None:
        raise NotThere
    return found


def _keep_owner(course: InCourse, found: Membership) -> None:
    """Only an owner touches an owner."""
    if found.role is Role.OWNER and course.role is not Role.OWNER:
        raise NotAllowed


def _page_of(course: InCourse, person_id: PathId, done: Done) -> RedirectResponse:
    return back(f"/courses/{course.slug}/people/{person_id}", done)
