"""The API on rubrics: the items of an assignment's exercises, added, changed for everybody who has them, removed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request
from pydantic import Field
from sqlalchemy.orm import Session

from grader.policy.marking import MOST_WORDS, NotSaved
from grader.policy.scopes import Scope
from grader.service.marking.rubrics import Changed, Worded, add_item, change_item, remove_item, rubric, uses
from grader.service.store.mark_tables import EXERCISE, RubricEntry
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import MOST, AssignmentId, Id, Line, Shape
from grader.service.web.named import the_opening
from grader.service.web.problems import NotThere, saved
from grader.service.web.trail import actor_of

router = noun("marks")
PATH: Final = "/courses/{slug}/assignments/{assignment}/rubric"
CHANGES: Final = Member(Role.GRADER, Scope.TEACH)
Words = Annotated[Line, Field(min_length=1, max_length=MOST_WORDS)]
Points = Annotated[int, Field(ge=-MOST, le=MOST)]
CONFLICT: Final[dict[int | str, dict[str, Any]]] = {
    409: problem("Somebody changed it meanwhile, or marks have it: `type` says which.")
}


class NewItem(Shape):
    """An item: points, negative ones are taken off, and what the student reads."""

    exercise: Annotated[str, Field(min_length=1, max_length=EXERCISE, examples=["my_softmax"])]
    points: Points
    words: Words


class ItemChange(Shape):
    """Other points and words; `version`: of the item that was seen."""

    points: Points
    words: Words
    version: int = Field(ge=1, le=MOST)


class ItemShape(Shape):
    """An item as it stands, and in how many marks it is."""

    id: int
    exercise: str
    points: int
    words: str
    version: int
    marks: int


class ChangedItem(ItemShape):
    """An item after a change; `changed` marks were made anew by it."""

    changed: int


@router.get(PATH, operation_id="listRubric")
def items(
    request: Request, assignment: AssignmentId, course: InCourse = Depends(Member(Role.GRADER))
) -> Page[ItemShape]:
    """All items of an assignment, by exercise, in their order."""
    with site_of(request).database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        used = uses(session, opening_id)
        found = tuple(ItemShape.of(each, marks=used.get(each.id, 0)) for each in rubric(session, opening_id))
    return Page(items=found, next=None)


@router.post(PATH, operation_id="addRubricItem", status_code=201)
def add(request: Request, assignment: AssignmentId, wanted: NewItem, course: InCourse = Depends(CHANGES)) -> ItemShape:
    """One item more."""
    site = site_of(request)
    with site.database.begin() as session:
        opening_id = the_opening(session, course, assignment).id
        worded = Worded(points=wanted.points, words=wanted.words)
        actor = actor_of(request, course)
        made = add_item(session, opening_id, wanted.exercise, worded, actor=actor, now=site.now())
        return ItemShape.of(saved(made), marks=0)


@router.put(f"{PATH}/{{item_id}}", operation_id="changeRubricItem", responses=CONFLICT)
def change(
    request: Request, assignment: AssignmentId, item_id: Id, wanted: ItemChange, course: InCourse = Depends(CHANGES)
) -> ChangedItem:
    """Other points or words, for everybody who has the item: their marks are made anew, and their history says so."""
    site = site_of(request)
    with site.database.begin() as session:
        item = _there(session, course, assignment, item_id)
        worded = Worded(points=wanted.points, words=wanted.words)
        actor = actor_of(request, course)
        done = change_item(session, item, worded, version=wanted.version, actor=actor, now=site.now())
        return _done(session, done)


@router.delete(f"{PATH}/{{item_id}}", operation_id="removeRubricItem", responses=CONFLICT)
def remove(
    request: Request,
    assignment: AssignmentId,
    item_id: Id,
    from_marks: Annotated[bool, Query(description="Take it out of all marks that have it, too.")] = False,
    course: InCourse = Depends(CHANGES),
) -> ChangedItem:
    """Take an item out. One that marks have stays, unless it is to be taken out of them."""
    site = site_of(request)
    with site.database.begin() as session:
        item = _there(session, course, assignment, item_id)
        done = remove_item(session, item, from_marks=from_marks, actor=actor_of(request, course), now=site.now())
        return _done(session, done)


def _there(session: Session, course: InCourse, assignment: str, item_id: int) -> RubricEntry:
    """Raises NotThere."""
    found = session.get(RubricEntry, item_id)
    if found is None or found.opening_id != the_opening(session, course, assignment).id:
        raise NotThere
    return found


def _done(session: Session, done: Changed | NotSaved) -> ChangedItem:
    """Raises Problem; then nothing is changed."""
    changed = saved(done)
    marks = uses(session, changed.item.opening_id).get(changed.item.id, 0)
    return ChangedItem.of(changed.item, marks=marks, changed=changed.marks)
