"""The queue of a course: what runs, waits and is parked, and the workers; parked attempts run again from here."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from grader.policy.scopes import Scope
from grader.service.attempts.finishing import rerun
from grader.service.queue.looking import look, parked_ids
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.staff.frame import Done, back, course_page
from grader.service.web.trail import note_in

router = APIRouter()


@router.get("/courses/{slug}/queue")
def queue(request: Request, course: InCourse = Depends(Member(Role.GRADER))) -> HTMLResponse:
    """Where the course's attempts stand."""
    site = site_of(request)
    with site.database.read() as session:
        seen = look(session, now=site.now(), course_id=course.course_id)
        return course_page(request, "staff/queue.html.j2", course, tab="queue", queue=seen)


@router.post("/courses/{slug}/queue/rerun")
def rerun_all(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH))) -> RedirectResponse:
    """Grade all parked attempts of the course once more."""
    site = site_of(request)
    with site.database.begin() as session:
        again = [each for each in parked_ids(session, course.course_id) if rerun(session, site, each)]
        if again:
            subject = f"course:{course.course_id}"
            note_in(session, request, course, "attempts.rerun", subject, attempts=len(again))
    return back(f"/courses/{course.slug}/queue", Done.RERUN if again else Done.NOT_PARKED)
