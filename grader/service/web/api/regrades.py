"""The API on regrade sets: begun, followed, with what they would change; applied, dropped, undone."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from grader.messages import say
from grader.policy.decision import Refusal, Refused
from grader.policy.scopes import Scope
from grader.report.differences import Differences
from grader.service.regrading.looking import Looked, differences_of, keep_differences, look, sets_of
from grader.service.regrading.sets import Done, Wanted, apply, begin, drop, undo
from grader.service.store.regrade_tables import SetState
from grader.service.store.tables import SLUG, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import MOST, AssignmentId, Shape, Storable
from grader.service.web.named import the_opening, the_regrade
from grader.service.web.problems import Problem
from grader.service.web.trail import actor_of

router = noun("regrades")
OF_ASSIGNMENT = "/courses/{slug}/assignments/{assignment}/regrades"
PATH = "/courses/{slug}/regrades/{set_id}"
SEES = Member(Role.INSTRUCTOR)
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)


class NewRegrade(Shape):
    """What is judged again, and by what: all graded attempts, or those that did not pass a check."""

    revision: int = Field(ge=1, le=MOST, examples=[2])
    exercise: Annotated[Storable, Field(max_length=SLUG)] | None = None
    check: Annotated[Storable, Field(max_length=SLUG)] | None = None


class Decision(Shape):
    """How a set is applied: why, which every report says, and whether to those alone who gain."""

    reason: Annotated[Storable, Field(min_length=1, max_length=1000)]
    only_gains: bool = False


class RegradeShape(Shape):
    """A regrade set. `works` attempts are in it; of these, `judged` are judged again and `parked` could not be."""

    id: uuid.UUID
    assignment: str
    revision: int
    exercise: str | None
    check: str | None
    state: SetState
    works: int
    judged: int
    parked: int
    reason: str
    only_gains: bool
    by: str | None
    created_at: datetime
    changed_at: datetime | None


class DecidedShape(Shape):
    """What a decision did: reports that were replaced, or put back; `left` had changed since they were judged again."""

    reports: int
    left: int


@router.get(OF_ASSIGNMENT, operation_id="listRegrades")
def regrades(request: Request, assignment: AssignmentId, course: InCourse = Depends(SEES)) -> Page[RegradeShape]:
    """All regrade sets of an opening, the newest first."""
    with site_of(request).database.read() as session:
        found = sets_of(session, the_opening(session, course, assignment).id)
        return Page(items=tuple(map(_shape, found)), next=None)


@router.post(
    OF_ASSIGNMENT,
    operation_id="beginRegrade",
    status_code=201,
    responses={409: problem("One is open already, or the revision cannot judge the assignment.")},
)
def begin_one(
    request: Request, assignment: AssignmentId, wanted: NewRegrade, course: InCourse = Depends(CHANGES)
) -> RegradeShape:
    """Have attempts judged again, behind all others that wait. Nothing of a student changes by that."""
    site = site_of(request)
    asked = Wanted(revision_id=wanted.revision, exercise=wanted.exercise, check=wanted.check)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        begun = begin(session, site, opening, asked, actor=actor_of(request, course), now=site.now())
        if isinstance(begun, Refused):
            raise _refused(begun)
        return _shape(look(session, the_regrade(session, course, begun)))


@router.get(PATH, operation_id="getRegrade")
def regrade(request: Request, set_id: uuid.UUID, course: InCourse = Depends(SEES)) -> RegradeShape:
    """How a regrade set stands."""
    with site_of(request).database.read() as session:
        return _shape(look(session, the_regrade(session, course, set_id)))


@router.get(
    f"{PATH}/differences",
    operation_id="getRegradeDifferences",
    responses={409: problem("It is still being judged, or was dropped.")},
)
def changes(request: Request, set_id: uuid.UUID, course: InCourse = Depends(SEES)) -> Differences:
    """What the set would change, or has changed; `who` is an attempt, and both of its reports are named."""
    with site_of(request).database.read() as session:
        row = the_regrade(session, course, set_id)
        if not look(session, row).progress.is_over:
            raise _refused(Refused(kind=Refusal.NOT_READY, message=say("regrade_still_judged")))
        if row.state is SetState.DROPPED:
            raise _refused(Refused(kind=Refusal.FAULTY, message=say("regrade_was_dropped")))
        return differences_of(session, row)


@router.post(
    f"{PATH}/apply", operation_id="applyRegrade", responses={409: problem("It was decided on, or is still judged.")}
)
def apply_one(
    request: Request, set_id: uuid.UUID, decision: Decision, course: InCourse = Depends(CHANGES)
) -> DecidedShape:
    """Put the new reports in place, with the reason in each."""
    site = site_of(request)
    with site.database.read() as session:
        the_regrade(session, course, set_id)
    keep_differences(site.database, set_id)
    with site.database.begin() as session:
        the_regrade(session, course, set_id)
        done = apply(
            session,
            set_id,
            reason=decision.reason,
            only_gains=decision.only_gains,
            actor=actor_of(request, course),
            now=site.now(),
        )
        return _decided(done)


@router.post(f"{PATH}/drop", operation_id="dropRegrade", responses={409: problem("It was decided on.")})
def drop_one(request: Request, set_id: uuid.UUID, course: InCourse = Depends(CHANGES)) -> DecidedShape:
    """Take the new reports away; nothing else changes."""
    site = site_of(request)
    with site.database.begin() as session:
        the_regrade(session, course, set_id)
        return _decided(drop(session, set_id, actor=actor_of(request, course), now=site.now()))


@router.post(
    f"{PATH}/undo",
    operation_id="undoRegrade",
    responses={409: problem("It is not applied, or what it replaced was replaced once more since.")},
)
def undo_one(request: Request, set_id: uuid.UUID, course: InCourse = Depends(CHANGES)) -> DecidedShape:
    """Put every report back that the set replaced."""
    site = site_of(request)
    with site.database.begin() as session:
        the_regrade(session, course, set_id)
        return _decided(undo(session, set_id, actor=actor_of(request, course), now=site.now()))


def _decided(done: Done | Refused) -> DecidedShape:
    """Raises Problem: then nothing was done."""
    if isinstance(done, Refused):
        raise _refused(done)
    return DecidedShape.of(done)


def _refused(refused: Refused) -> Problem:
    return Problem(409, refused.kind.value, refused.message)


def _shape(looked: Looked) -> RegradeShape:
    row, progress = looked.row, looked.progress
    return RegradeShape.of(
        row,
        revision=row.revision_id,
        works=progress.works,
        judged=progress.judged,
        parked=progress.parked,
        by=looked.by,
    )
