"""Comments that are kept for the answers to an exercise, or for all of the course: added, changed, removed; those that
were given before are kept by one button."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from grader.messages import Message
from grader.policy.marking import MOST_COMMENT, NotSaved
from grader.policy.scopes import Scope
from grader.service.marking.comments import (
    GivenWith,
    change_comment,
    keep_comment,
    remove_comment,
)
from grader.service.store.mark_tables import KeptComment
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member
from grader.service.web.named import the_comment
from grader.service.web.problems import status_of
from grader.service.web.staff.frame import Done, back
from grader.service.web.staff.going import Here, here_in
from grader.service.web.staff.typed import MOST, FormId, plain

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}/comments"
SEES: Final = Member(Role.GRADER)
CHANGES: Final = Member(Role.GRADER, Scope.TEACH)
Said = Annotated[str, Form(max_length=4 * MOST_COMMENT)]


@router.get(PATH)
def comments(request: Request, assignment: str, exercise: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """All that may be given with an answer to the exercise. Raises NotThere."""
    with here_in(request, course, assignment, exercise) as here:
        return _drawn(here)


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
    with here_in(request, course, assignment, exercise) as here:
        own = GivenWith(course_id=here.course.course_id, assignment=assignment, exercise=exercise)
        place = GivenWith(course_id=here.course.course_id) if everywhere == "yes" else own
        done = keep_comment(here.session, place, _words(words), actor=here.actor, now=here.now)
        return _answered(here, done, typed=words)


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
    with here_in(request, course, assignment, exercise) as here:
        comment = the_comment(here.session, course, comment_id)
        done = change_comment(here.session, comment, _words(words), version=version, actor=here.actor, now=here.now)
        return _answered(here, done)


@router.post(f"{PATH}/remove")
def remove(
    request: Request, assignment: str, exercise: str, comment_id: FormId, course: InCourse = Depends(CHANGES)
) -> Response:
    """Keep it no longer."""
    with here_in(request, course, assignment, exercise) as here:
        comment = the_comment(here.session, course, comment_id)
        remove_comment(here.session, comment, actor=here.actor, now=here.now)
        return _answered(here, None)


def _words(typed: str) -> str:
    return plain(typed.replace("\r\n", "\n"))


def _answered(
    here: Here,
    done: KeptComment | NotSaved | None,
    *,
    typed: str = "",
) -> Response:
    if isinstance(done, NotSaved):
        return _drawn(here, wrong=done.message, typed=typed, http_status=status_of(done))
    return back(f"{here.base}/{here.exercise}/comments", Done.SAVED)


def _drawn(
    here: Here,
    *,
    wrong: Message | None = None,
    typed: str = "",
    http_status: int = 200,
) -> HTMLResponse:
    found = here.kept_comments()
    said = {each.words for each in found}
    return here.page(
        "staff/comments.html.j2",
        http_status=http_status,
        kept=found,
        earlier=[each for each in here.round.comments.get(here.exercise, ()) if each not in said],
        typed=typed,
        wrong=wrong,
        here=f"{here.base}/{here.exercise}",
    )
