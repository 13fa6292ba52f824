"""The student's pages: courses, openings, handing in, attempts with their reports and receipts.

`/courses/{slug}/{assignment}` takes any name, so these routes come after those of staff below a course.
"""

from __future__ import annotations

from fastapi import APIRouter

from grader.service.web import events
from grader.service.web.student import attempts, calendar, courses, openings

_PARTS = (attempts, calendar, courses, events, openings)
router = APIRouter(routes=[route for part in _PARTS for route in part.router.routes])
