"""Who did what in a course: filtered, a page at a time."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from grader.service.people import audit_log
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.staff.frame import course_page
from grader.service.web.staff.typed import Before

router = APIRouter()


@router.get("/courses/{slug}/audit")
def audit(
    request: Request,
    action: str = "",
    person: str = "",
    before: Before = None,
    course: InCourse = Depends(Member(Role.INSTRUCTOR)),
) -> HTMLResponse:
    """The changes of a course, the newest first."""
    with site_of(request).database.read() as session:
        return course_page(
            request,
            "staff/audit.html.j2",
            course,
            tab="audit",
            log=audit_log.log(session, course_id=course.course_id, action=action, person=person[:200], before=before),
            actions=audit_log.actions(session, course_id=course.course_id),
            action=action,
            person=person,
        )
