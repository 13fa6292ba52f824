"""What a caller is not shown of marks, for a page or an answer of the API; the rule is `attempts/blind.py`'s."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy.orm import Session

from grader.service.attempts.blind import Blind, blind_for
from grader.service.web.access import InCourse, site_of


def blind_in(session: Session, request: Request, course: InCourse) -> Blind:
    """Of that caller in that course, now."""
    return blind_for(session, course.course_id, course.caller.person_id, course.role, site_of(request).now())
