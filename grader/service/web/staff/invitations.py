"""Invitations to a course: made, and shown once; listed, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from grader.service.people.accounts import invite
from grader.service.people.invitations import open_invitations, take_back
from grader.service.people.members import section_called, sections
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, Scope, site_of
from grader.service.web.problems import NotAllowed, NotThere
from grader.service.web.staff.frame import Done, back, course_page, role_choices, words_for
from grader.service.web.staff.people import ROLES
from grader.service.web.staff.typed import plain
from grader.service.web.trail import note_in

router = APIRouter()
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)
MOST_USES, MOST_DAYS = 2_000, 180


@router.get("/courses/{slug}/people/invitations")
def invitations(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> HTMLResponse:
    """Invitations that are still good."""
    return _drawn(request, course, made="")


@router.post("/courses/{slug}/people/invitations")
def make(
    request: Request,
    role: Annotated[Role, Form()] = Role.STUDENT,
    section: Annotated[str, Form(max_length=200)] = "",
    uses: Annotated[int, Form(ge=1, le=MOST_USES)] = 1,
    days: Annotated[int, Form(ge=1, le=MOST_DAYS)] = 14,
    course: InCourse = Depends(CHANGES),
) -> HTMLResponse:
    """Make an invitation. Its link stands in this answer and nowhere else."""
    if role not in ROLES:
        raise NotAllowed
    site = site_of(request)
    with site.database.begin() as session:
        put = section_called(session, course.course_id, plain(section))
        secret = invite(
            session,
            course_id=course.course_id,
            role=role,
            by_id=course.caller.person_id,
            now=site.now(),
            section_id=None if put is None else put.id,
            uses=uses,
            lasts=timedelta(days=days),
        )
    return _drawn(request, course, made=f"{site.address}/link/{secret}")


@router.post("/courses/{slug}/people/invitations/revoke")
def revoke(
    request: Request, digest: Annotated[str, Form(max_length=64)], course: InCourse = Depends(CHANGES)
) -> RedirectResponse:
    """Take an invitation back."""
    site = site_of(request)
    with site.database.begin() as session:
        if not take_back(session, course.course_id, plain(digest)):
            raise NotThere
        note_in(session, request, course, "link.revoked", f"course:{course.course_id}")
    return back(f"/courses/{course.slug}/people/invitations", Done.REVOKED)


def _drawn(request: Request, course: InCourse, *, made: str) -> HTMLResponse:
    site = site_of(request)
    with site.database.read() as session:
        drawn = course_page(
            request,
            "staff/invitations.html.j2",
            course,
            tab="people",
            made=made,
            open=open_invitations(session, course.course_id, now=site.now()),
            role_choices=role_choices(words_for(request, course.caller), ROLES),
            sections=sections(session, course.course_id),
        )
    drawn.headers["Cache-Control"] = "no-store"
    return drawn
