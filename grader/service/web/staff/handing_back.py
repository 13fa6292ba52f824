"""Feedback to each student as a zip that instructors take away: for Canvas, Moodle or mail."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from grader.classes.handing_back.forms import Carrier
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member
from grader.service.web.handing_back import feedback_zip

router = APIRouter()


@router.get("/courses/{slug}/openings/{assignment}/feedback/{carrier}")
def feedback(
    request: Request, assignment: str, carrier: Carrier, course: InCourse = Depends(Member(Role.INSTRUCTOR))
) -> Response:
    """The zip, in the language of whoever asks for it."""
    return feedback_zip(request, course, assignment, carrier)
