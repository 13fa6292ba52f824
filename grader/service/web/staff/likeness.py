"""Submissions of an opening that are worth reading together: for instructors, compared when they ask and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from grader.messages import Message, Words
from grader.render.likeness import MOST_BESIDE, as_piece
from grader.service.attempts.alike import alike
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import Titles
from grader.service.store.tables import SLUG, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_opening
from grader.service.web.staff.frame import course_page, words_for

if TYPE_CHECKING:
    from grader.classes.likeness.apart import LaidOut

router = APIRouter()
PATH: Final = "/courses/{slug}/{assignment}/likeness"


@router.get(PATH)
def likeness(
    request: Request,
    assignment: str,
    compare: bool = False,
    exercise: Annotated[str, Query(max_length=SLUG)] = "",
    course: InCourse = Depends(Member(Role.INSTRUCTOR)),
) -> HTMLResponse:
    """What comparing means, and the button; with `compare`, what came of it, over all exercises or one."""
    site = site_of(request)
    words = words_for(request, course.caller)
    with site.database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        outline = current_assignments(session, course.course_id).get(assignment)
    titles = Titles(assignment=assignment, outline=outline)
    exercises = {each.id: titles.by_id(each.id, words) for each in outline.exercises} if outline else {}
    one = exercise if exercise in exercises else None
    found = alike(site, opening_id, exercise=one, beside=MOST_BESIDE) if compare else None
    return course_page(
        request,
        "staff/likeness.html.j2",
        course,
        tab="openings",
        assignment=assignment,
        outline=outline,
        exercises=exercises,
        exercise=one,
        wrong=found if isinstance(found, Message) else None,
        piece=None if found is None or isinstance(found, Message) else _piece(found, words),
    )


def _piece(found: LaidOut, words: Words) -> Markup:
    return as_piece(found.told, found.beside.__getitem__, words=words)
