"""A course while its class hands in: one page, and the part of it that is asked for again every few seconds."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from grader.service.attempts.overview import overview
from grader.service.marking.progress import awaited_in
from grader.service.queue.looking import look
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.blind import blind_in
from grader.service.web.staff.frame import course_page

router = APIRouter()
STAFF = Member(Role.GRADER)


@router.get("/courses/{slug}/teach")
def teach(request: Request, course: InCourse = Depends(STAFF)) -> HTMLResponse:
    """The overview of a course."""
    return _drawn(request, "staff/overview.html.j2", course)


@router.get("/courses/{slug}/teach/now")
def teach_now(request: Request, course: InCourse = Depends(STAFF)) -> HTMLResponse:
    """What of it changes while a class hands in, without a frame."""
    return _drawn(request, "staff/overview_now.html.j2", course)


def _drawn(request: Request, template: str, course: InCourse) -> HTMLResponse:
    site = site_of(request)
    with site.database.read() as session:
        return course_page(
            request,
            template,
            course,
            tab="teach",
            now=overview(session, course.course_id, blind_in(session, request, course)),
            awaited=awaited_in(session, course.course_id),
            queue=look(session, now=site.now(), course_id=course.course_id),
        )
