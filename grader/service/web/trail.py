"""What a caller changed, noted on the trail in the transaction that changes it, with the request that did it."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy.orm import Session

from grader.service.people import audit
from grader.service.people.audit import Actor
from grader.service.web.access import Caller, InCourse, site_of
from grader.service.web.refusing import request_id


def actor_of(request: Request, course: InCourse) -> Actor:
    """Who changes something in a course, and by which request: for what notes it itself, below."""
    return Actor(person_id=course.caller.person_id, request=request_id(request), role=course.role)


def owner_of_site(request: Request, caller: Caller) -> Actor:
    """The same of an owner of the site, whatever it is that they change."""
    return Actor(person_id=caller.person_id, request=request_id(request))


def note(
    session: Session,
    request: Request,
    caller: Caller,
    action: str,
    subject: str,
    *,
    course_id: int | None = None,
    **details: object,
) -> None:
    """Note it; what is None of the details is left out."""
    audit.record(
        session,
        actor_id=caller.person_id,
        course_id=course_id,
        action=action,
        subject=subject,
        details={name: value for name, value in details.items() if value is not None},
        now=site_of(request).now(),
        request=request_id(request),
    )


def note_in(session: Session, request: Request, course: InCourse, action: str, subject: str, **details: object) -> None:
    """As `note`, of a course."""
    note(session, request, course.caller, action, subject, course_id=course.course_id, **details)
