"""Feedback to each student as the answer to a request: for a page and for the API alike."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from grader.classes.handing_back.forms import Carrier
from grader.messages import Words, say
from grader.service.attempts.handing_back import handed_back
from grader.service.web.access import InCourse, site_of
from grader.service.web.named import the_opening
from grader.service.web.pages import language_of
from grader.service.web.problems import Problem


def feedback_zip(request: Request, course: InCourse, assignment: str, carrier: Carrier) -> Response:
    """As an answer. Raises Problem where nobody gets anything."""
    site = site_of(request)
    with site.database.read() as session:
        words = Words(language_of(request, course.caller))
        made = handed_back(session, the_opening(session, course, assignment), carrier, words, now=site.now())
    if made is None:
        raise Problem(409, "no_feedback", say("feedback_none_here"))
    name = f"{assignment}-feedback-{carrier}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/zip", headers=headers)
