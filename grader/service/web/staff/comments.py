"""Comments that are kept for the answers to an exercise, or for all of the course: added, changed, removed; those that
were given before are kept by one button."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message
from grader.policy.marking import MOST_COMMENT, NotSaved
from grader.policy.scopes import Scope
from grader.service.marking.comments import (
    GivenWith,
    change_comment,
    comments_with,
    keep_comment,
    remove_comment,
)
from grader.service.store.mark_tables import KeptComment
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_comment
from grader.service.web.problems import status_of
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.going import Going, Here, here_in
from grader.service.web.staff.typed import MOST, FormId, plain
from grader.service.web.trail import actor_of

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}/comments"
SEES: Final = Member(Role.GRADER)
CHANGES: Final = Member(Role.GRADER, Scope.TEACH)
Said = Annotated[str, Form(max_length=4 * MOST_COMMENT)]


@router.get(PATH)
def comments(request: Request, assignment: str, exercise: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """All that may be given with an answer to the exercise. Raises NotThere."""
    with site_of(request).database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        return _drawn(request, course, session, here)


@router.post(PATH)
def add(
    request: Request,
    assignment: str,
    exercise: str,
    words: Said = "",
    everywhere: Annotated[str, Form(max_length=10)] = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """One more, for the exercise or for the course."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        own = GivenWith(course_id=course.course_id, assignment=assignment, exercise=exercise)
        place = GivenWith(course_id=course.course_id) if everywhere == "yes" else own
        actor = actor_of(request, course)
        done = keep_comment(session, place, _words(words), actor=actor, now=site.now())
        return _answered(request, course, session, here, done, typed=words)


@router.post(f"{PATH}/change")
def change(
    request: Request,
    assignment: str,
    exercise: str,
    comment_id: FormId,
    version: Annotated[int, Form(ge=1, le=MOST)],
    words: Said = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Other words."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        comment = the_comment(session, course, comment_id)
        actor = actor_of(request, course)
        done = change_comment(session, comment, _words(words), version=version, actor=actor, now=site.now())
        return _answered(request, course, session, here, done)


@router.post(f"{PATH}/remove")
def remove(
    request: Request, assignment: str, exercise: str, comment_id: FormId, course: InCourse = Depends(CHANGES)
) -> Response:
    """Keep it no longer."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        comment = the_comment(session, course, comment_id)
        remove_comment(session, comment, actor=actor_of(request, course), now=site.now())
        return _answered(request, course, session, here, None)


def _words(typed: str) -> str:
    return plain(typed.replace("\r\n", "\n"))


def _answered(
    request: Request,
    course: InCourse,
    session: Session,
    here: Here,
    done: KeptComment | NotSaved | None,
    *,
    typed: str = "",
) -> Response:
    if isinstance(done, NotSaved):
        return _drawn(request, course, session, here, wrong=done.message, typed=typed, http_status=status_of(done))
    return back(f"{here.base(course)}/{here.exercise}/comments", Done.SAVED)


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    here: Here,
    *,
    wrong: Message | None = None,
    typed: str = "",
    http_status: int = 200,
) -> HTMLResponse:
    words = words_for(request, course.caller)
    found = comments_with(session, course.course_id, here.opening.assignment, here.exercise)
    said = {each.words for each in found}
    base = here.base(course)
    return course_page(
        request,
        "staff/comments.html.j2",
        course,
        tab="marking",
        http_status=http_status,
        title=here.titles.title(words),
        exercise_title=here.titles.by_id(here.exercise, words),
        kept=found,
        earlier=[each for each in here.round.comments.get(here.exercise, ()) if each not in said],
        typed=typed,
        wrong=wrong,
        base=base,
        here=f"{base}/{here.exercise}",
    )
