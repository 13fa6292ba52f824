"""The rubric of an exercise: its items added, changed for everybody who has them, removed."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message
from grader.policy.marking import MOST_WORDS, NotSaved
from grader.policy.scopes import Scope
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import Titles
from grader.service.marking.rubrics import Changed, add_item, change_item, remove_item, rubric, uses
from grader.service.store.mark_tables import RubricEntry
from grader.service.store.tables import Opening, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.going import marking_path
from grader.service.web.staff.new_item import worded_in
from grader.service.web.staff.typed import MOST, FormId
from grader.service.web.trail import actor_of

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}/rubric"
SEES: Final = Member(Role.GRADER)
CHANGES: Final = Member(Role.GRADER, Scope.TEACH)
Points = Annotated[str, Form(max_length=40)]
Said = Annotated[str, Form(max_length=4 * MOST_WORDS)]


@router.get(PATH)
def items(request: Request, assignment: str, exercise: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """All items, and how many marks have each."""
    with site_of(request).database.read() as session:
        return _drawn(request, course, session, the_opening(session, course, assignment), exercise)


@router.post(PATH)
def add(
    request: Request,
    assignment: str,
    exercise: str,
    points: Points = "",
    words: Said = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """One item more."""
    site = site_of(request)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        worded = worded_in(points, words)
        if isinstance(worded, Message):
            return _drawn(request, course, session, opening, exercise, wrong=worded)
        made = add_item(session, opening.id, exercise, worded, actor=actor_of(request, course), now=site.now())
        if isinstance(made, NotSaved):
            return _drawn(request, course, session, opening, exercise, wrong=made.message)
    return _back(course, assignment, exercise)


@router.post(f"{PATH}/change")
def change(
    request: Request,
    assignment: str,
    exercise: str,
    item_id: FormId,
    version: Annotated[int, Form(ge=1, le=MOST)],
    points: Points = "",
    words: Said = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Other points or words, for everybody who has the item."""
    site = site_of(request)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        item, worded = _item(session, opening, exercise, item_id), worded_in(points, words)
        if isinstance(worded, Message):
            return _drawn(request, course, session, opening, exercise, wrong=worded)
        actor = actor_of(request, course)
        done = change_item(session, item, worded, version=version, actor=actor, now=site.now())
        return _answered(request, course, session, opening, exercise, done)


@router.post(f"{PATH}/remove")
def remove(
    request: Request,
    assignment: str,
    exercise: str,
    item_id: FormId,
    from_marks: Annotated[str, Form(max_length=10)] = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Take an item out; out of marks as well only if that is said."""
    site = site_of(request)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        item = _item(session, opening, exercise, item_id)
        actor = actor_of(request, course)
        done = remove_item(session, item, from_marks=from_marks == "yes", actor=actor, now=site.now())
        return _answered(request, course, session, opening, exercise, done)


def _answered(
    request: Request, course: InCourse, session: Session, opening: Opening, exercise: str, done: Changed | NotSaved
) -> Response:
    if isinstance(done, NotSaved):
        return _drawn(request, course, session, opening, exercise, wrong=done.message, http_status=409)
    return _back(course, opening.assignment, exercise)


def _item(session: Session, opening: Opening, exercise: str, item_id: int) -> RubricEntry:
    """Raises NotThere."""
    found = session.get(RubricEntry, item_id)
    if found is None or (found.opening_id, found.exercise) != (opening.id, exercise):
        raise NotThere
    return found


def _back(course: InCourse, assignment: str, exercise: str) -> RedirectResponse:
    return back(f"/courses/{course.slug}/openings/{assignment}/marking/{exercise}/rubric", Done.SAVED)


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    opening: Opening,
    exercise: str,
    *,
    wrong: Message | None = None,
    http_status: int = 422,
) -> HTMLResponse:
    words = words_for(request, course.caller)
    outline = current_assignments(session, course.course_id).get(opening.assignment)
    titles = Titles(assignment=opening.assignment, outline=outline)
    found = rubric(session, opening.id, exercise)
    if not found and exercise not in {each.id for each in (outline.exercises if outline else ())}:
        raise NotThere
    return course_page(
        request,
        "staff/rubric.html.j2",
        course,
        tab="marking",
        http_status=200 if wrong is None else http_status,
        title=titles.title(words),
        exercise_title=titles.by_id(exercise, words),
        items=found,
        used=uses(session, opening.id),
        base=marking_path(course, opening.assignment),
        here=f"{marking_path(course, opening.assignment)}/{exercise}",
        wrong=wrong,
    )
