"""The API on comments that are kept to be given again: added, changed, removed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic import Field

from grader.policy.marking import MOST_COMMENT
from grader.policy.scopes import Scope
from grader.service.marking.comments import (
    GivenWith,
    change_comment,
    comments_with,
    keep_comment,
    remove_comment,
)
from grader.service.store.mark_tables import EXERCISE
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import MOST, AssignmentId, Id, Shape, Storable
from grader.service.web.named import the_comment, the_opening
from grader.service.web.problems import saved
from grader.service.web.trail import actor_of

router = noun("marks")
PATH: Final = "/courses/{slug}/assignments/{assignment}/comments"
CHANGES: Final = Member(Role.GRADER, Scope.TEACH)
CONFLICT: Final[dict[int | str, dict[str, Any]]] = {409: problem("Somebody changed it meanwhile.")}
Words = Annotated[Storable, Field(min_length=1, max_length=MOST_COMMENT, examples=["Monotony is only claimed."])]


class NewComment(Shape):
    """A comment for answers to an exercise; without one, for all answers of the course."""

    exercise: Annotated[str | None, Field(min_length=1, max_length=EXERCISE, examples=["my_softmax"])] = None
    words: Words


class CommentChange(Shape):
    """Other words; `version`: of the comment that was seen."""

    words: Words
    version: int = Field(ge=1, le=MOST)


class CommentShape(Shape):
    """A comment as it is kept; `exercise` is null where it is for all answers of the course."""

    id: int
    exercise: str | None
    words: str
    version: int


@router.get(PATH, operation_id="listComments")
def comments(
    request: Request, assignment: AssignmentId, course: InCourse = Depends(Member(Role.GRADER))
) -> Page[CommentShape]:
    """Those of an assignment's exercises, then those of the course."""
    with site_of(request).database.read() as session:
        the_opening(session, course, assignment)
        found = tuple(map(CommentShape.of, comments_with(session, course.course_id, assignment)))
    return Page(items=found, next=None)


@router.post(PATH, operation_id="keepComment", status_code=201)
def keep(
    request: Request, assignment: AssignmentId, wanted: NewComment, course: InCourse = Depends(CHANGES)
) -> CommentShape:
    """One more; the very same words at the same place are one."""
    site = site_of(request)
    with site.database.begin() as session:
        the_opening(session, course, assignment)
        place = GivenWith(
            course_id=course.course_id,
            assignment=None if wanted.exercise is None else assignment,
            exercise=wanted.exercise,
        )
        done = keep_comment(session, place, wanted.words, actor=actor_of(request, course), now=site.now())
        return CommentShape.of(saved(done))


@router.put(f"{PATH}/{{comment_id}}", operation_id="changeComment", responses=CONFLICT)
def change(
    request: Request,
    assignment: AssignmentId,
    comment_id: Id,
    wanted: CommentChange,
    course: InCourse = Depends(CHANGES),
) -> CommentShape:
    """Other words, for marks to come."""
    site = site_of(request)
    with site.database.begin() as session:
        the_opening(session, course, assignment)
        comment = the_comment(session, course, comment_id)
        actor = actor_of(request, course)
        done = change_comment(session, comment, wanted.words, version=wanted.version, actor=actor, now=site.now())
        return CommentShape.of(saved(done))


@router.delete(f"{PATH}/{{comment_id}}", operation_id="removeComment", status_code=204)
def remove(request: Request, assignment: AssignmentId, comment_id: Id, course: InCourse = Depends(CHANGES)) -> None:
    """Keep it no longer; marks that say it go on saying it."""
    site = site_of(request)
    with site.database.begin() as session:
        the_opening(session, course, assignment)
        comment = the_comment(session, course, comment_id)
        remove_comment(session, comment, actor=actor_of(request, course), now=site.now())
