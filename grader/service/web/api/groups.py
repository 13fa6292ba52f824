"""The API on answers that are alike: the groups of an exercise, one marked or commented at once, and that undone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic import Field
from sqlalchemy.orm import Session

from grader.policy.marking import MOST_COMMENT, MOST_ITEMS
from grader.policy.scopes import Scope
from grader.service.marking.answers import CountedAnswer, Order, answers, settle_all
from grader.service.marking.group_marks import ForGroup, groups_marked, mark_group, undo_group
from grader.service.marking.groups import AnswerGroup, groups_in
from grader.service.store.mark_tables import MarkedGroup
from grader.service.store.tables import Person, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.marks import Exercise
from grader.service.web.api.paging import Page, Paging, no_page, paging
from grader.service.web.api.shapes import MOST, AssignmentId, Id, Shape, Storable
from grader.service.web.blind import blind_in
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere, saved
from grader.service.web.trail import actor_of

router = noun("marks")
PATH: Final = "/courses/{slug}/assignments/{assignment}/exercises/{exercise}/groups"
SEES: Final = Member(Role.GRADER)
MARKS: Final = Member(Role.GRADER, Scope.TEACH)
CONFLICT: Final[dict[int | str, dict[str, Any]]] = {
    409: problem("The group has changed, or one of it was marked since: look at it again.")
}


class MemberShape(Shape):
    """An answer of a group; `points` are those that count by now, null where it waits for a person."""

    attempt: uuid.UUID
    person: int
    points: int | None
    marked: bool


class GroupShape(Shape):
    """Answers to one exercise that are alike, and why; `earned` by machine, null where that differs. `seen` is to be
    sent with a mark for all of them: it changes as soon as the group does."""

    id: str
    kind: str = Field(examples=["mistake"])
    mistake: str | None
    earned: int | None
    seen: str
    members: tuple[MemberShape, ...]


class GroupMarkWanted(Shape):
    """What all of them are given but those in `out`. Without points and items it is a comment alone, and points stay as
    they are. With a `check` it is points for that one alone; `anew`: those that have a mark as well."""

    seen: str = Field(max_length=40)
    points: Annotated[int | None, Field(ge=-MOST, le=MOST, examples=[15])] = None
    items: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(default=(), max_length=MOST_ITEMS)
    check: Annotated[Storable | None, Field(max_length=200)] = None
    comment: Annotated[Storable, Field(max_length=MOST_COMMENT)] = ""
    out: frozenset[uuid.UUID] = Field(default=frozenset(), max_length=10_000)
    anew: bool = False


class MarkedGroupShape(Shape):
    """One act: so many answers were marked at once, by whom and when; `check`: the one they were marked on, if it was
    not all of the exercise; `undone`: when that was undone."""

    id: int
    exercise: str
    group: str
    kind: str
    mistake: str | None
    check: str | None
    marks: int
    by: str | None
    at: datetime
    undone: datetime | None


@router.get(PATH, operation_id="listGroups")
def groups(
    request: Request,
    assignment: AssignmentId,
    exercise: Exercise,
    page: Paging = Depends(paging),
    course: InCourse = Depends(SEES),
) -> Page[GroupShape]:
    """The groups of an exercise, the largest first; an answer that is like no other is one of its own."""
    site = site_of(request)
    with site.database.begin() as session:
        opening_id = the_opening(session, course, assignment).id
        settle_all(session, opening_id, site.now())
        there = _answers(session, opening_id, exercise, site.now())
        found = groups_in(session, exercise, there, blind_in(session, request, course))
    return page.page(_after(page, found), key=lambda each: (each.group.id,), shown=_group)


@router.post(f"{PATH}/{{group}}/marks", operation_id="markGroup", status_code=201, responses=CONFLICT)
def mark(
    request: Request,
    assignment: AssignmentId,
    exercise: Exercise,
    group: str,
    wanted: GroupMarkWanted,
    course: InCourse = Depends(MARKS),
) -> MarkedGroupShape:
    """Mark or comment all answers of a group at once: all of them, or none."""
    site = site_of(request)
    asked = ForGroup(
        exercise=exercise,
        group=group,
        seen=wanted.seen,
        points=wanted.points,
        comment=wanted.comment,
        items=wanted.items,
        check=wanted.check,
        out=wanted.out,
        anew=wanted.anew,
    )
    with site.database.begin() as session:
        opening_id = the_opening(session, course, assignment).id
        settle_all(session, opening_id, site.now())
        actor, blind = actor_of(request, course), blind_in(session, request, course)
        done = mark_group(session, opening_id, asked, actor=actor, now=site.now(), blind=blind)
        return _act(saved(done), course.caller.name)


@router.get("/courses/{slug}/assignments/{assignment}/exercises/{exercise}/group-marks", operation_id="listGroupMarks")
def marked(
    request: Request, assignment: AssignmentId, exercise: Exercise, course: InCourse = Depends(SEES)
) -> Page[MarkedGroupShape]:
    """The last groups that were marked at once, the newest first."""
    with site_of(request).database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        found = tuple(_act(row, by) for row, by in groups_marked(session, opening_id, exercise))
    return Page(items=found, next=None)


@router.delete(
    "/courses/{slug}/assignments/{assignment}/exercises/{exercise}/group-marks/{act_id}",
    operation_id="undoGroupMarks",
    responses=CONFLICT,
)
def undo(
    request: Request, assignment: AssignmentId, exercise: Exercise, act_id: Id, course: InCourse = Depends(MARKS)
) -> MarkedGroupShape:
    """Undo all of it; refused where one of them was marked since."""
    site = site_of(request)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        act = session.get(MarkedGroup, act_id)
        if act is None or (act.opening_id, act.exercise) != (opening.id, exercise):
            raise NotThere
        done = undo_group(session, act, actor=actor_of(request, course), now=site.now())
        by = None if act.by_id is None else session.get(Person, act.by_id)
        return _act(saved(done), None if by is None else by.name)


def _answers(session: Session, opening_id: int, exercise: str, now: datetime) -> Sequence[CountedAnswer]:
    return answers(session, opening_id, [exercise], Order.BY_EXERCISE, now=now).answers


def _after(page: Paging, found: Sequence[AnswerGroup]) -> Sequence[AnswerGroup]:
    """Those behind the last group of the page before, while there is such a group. Raises Problem."""
    if page.after is None:
        return found[: page.limit + 1]
    ids = [each.group.id for each in found]
    if page.word not in ids:
        raise no_page()
    first = ids.index(page.word) + 1
    return found[first : first + page.limit + 1]


def _group(found: AnswerGroup) -> GroupShape:
    members = tuple(
        MemberShape.of(each, attempt=each.answer.attempt_id, person=each.answer.person_id, marked=each.answer.is_marked)
        for each in found.members
    )
    return GroupShape.of(found.group, earned=found.earned, seen=found.seen, members=members)


def _act(row: MarkedGroup, by: str | None) -> MarkedGroupShape:
    return MarkedGroupShape.of(row, by=by, undone=row.undone_at)
