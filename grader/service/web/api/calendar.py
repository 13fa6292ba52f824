"""The API on the caller's own calendar of a course: whether there is one, its address made or renewed, ended."""

from __future__ import annotations

from datetime import datetime

from fastapi import Depends, Request, Response

from grader.policy.scopes import Scope
from grader.service.feeds.addresses import address_with, feed_for, renew, revoke
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun
from grader.service.web.api.shapes import Shape
from grader.service.web.problems import NotThere, there
from grader.service.web.trail import actor_of

router = noun("courses")
PATH = "/courses/{slug}/calendar"
CHANGES = Member(scope=Scope.SUBMIT)


class CalendarShape(Shape):
    """That there is an address, which nobody knows but its owner."""

    made_at: datetime


class MadeCalendar(CalendarShape):
    """A new address. It stands here, and never again."""

    address: str


@router.get(PATH, operation_id="showCalendar")
def show(request: Request, course: InCourse = Depends(Member())) -> CalendarShape:
    """When the address of the caller's calendar of the course was made; 404 where there is none."""
    with site_of(request).database.read() as session:
        feed = there(feed_for(session, course.course_id, course.caller.person_id))
    return CalendarShape(made_at=feed.created_at)


@router.post(PATH, operation_id="renewCalendar", status_code=201)
def make(request: Request, response: Response, course: InCourse = Depends(CHANGES)) -> MadeCalendar:
    """A secret address at which a calendar program fetches the course's dates, with the caller's extensions. The one
    before opens nothing any more."""
    site = site_of(request)
    response.headers["Cache-Control"] = "no-store"
    with site.database.begin() as session:
        secret = renew(session, course.course_id, actor=actor_of(request, course), now=site.now())
    return MadeCalendar(made_at=site.now(), address=address_with(site, secret))


@router.delete(PATH, operation_id="revokeCalendar", status_code=204)
def end(request: Request, course: InCourse = Depends(CHANGES)) -> None:
    """End the caller's address at once; 404 where there is none."""
    site = site_of(request)
    with site.database.begin() as session:
        if not revoke(session, course.course_id, actor=actor_of(request, course), now=site.now()):
            raise NotThere
