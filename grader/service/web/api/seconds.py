"""The API on second marking: the sample of an exercise and how far both agree, drawn, marked a second time, settled."""

from __future__ import annotations

import uuid
from fractions import Fraction
from random import SystemRandom
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic import Field
from sqlalchemy.orm import Session

from grader.policy.marking import MOST_COMMENT, MOST_ITEMS, Chosen, Way
from grader.policy.scopes import Scope
from grader.report.marking import Given
from grader.service.marking.saving import Decided
from grader.service.marking.seconds import (
    Second,
    agreement_of,
    draw,
    give_second,
    second_at,
    seconds_of,
    settle_second,
)
from grader.service.store.mark_tables import SecondMark
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.marks import Exercise
from grader.service.web.api.shapes import MOST, AssignmentId, Shape, Storable
from grader.service.web.named import the_opening
from grader.service.web.problems import saved, there
from grader.service.web.trail import actor_of

router = noun("marks")
PATH: Final = "/courses/{slug}/assignments/{assignment}/exercises/{exercise}/seconds"
MARKS: Final = Member(Role.GRADER, Scope.TEACH)
CHANGES: Final = Member(Role.INSTRUCTOR, Scope.TEACH)
CONFLICT: Final[dict[int | str, dict[str, Any]]] = {
    409: problem("Somebody marked or settled it meanwhile: look at it again.")
}


class SecondShape(Shape):
    """An answer of the sample. Both marks are told once there are both; `choice` says which counts, null as long as
    they differ and nobody has chosen. `version`: of the mark that stands."""

    attempt: uuid.UUID
    first: int | None
    second: int | None
    first_by: str | None
    second_by: str | None
    choice: Chosen | None
    version: int


class AgreementShape(Shape):
    """Of so many pairs: the share that is equal, by how many points the second gave more, by how many they differ, on
    average; Cohen's kappa with squared weights, from ten pairs on."""

    pairs: int
    equal: float | None
    mean_difference: float | None
    mean_distance: float | None
    weighted_kappa: float | None


class Seconds(Shape):
    """The sample, and how far both agree."""

    items: tuple[SecondShape, ...]
    agreement: AgreementShape


class SampleWanted(Shape):
    """How many more of the marked answers."""

    number: int = Field(ge=1, le=MOST, examples=[20])


class SecondMarkWanted(Shape):
    """What is given a second time; with `items` of the rubric the points are on top of theirs."""

    points: int = Field(ge=-MOST, le=MOST, examples=[15])
    items: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(default=(), max_length=MOST_ITEMS)
    comment: Annotated[Storable, Field(max_length=MOST_COMMENT)] = ""


class ChoiceWanted(Shape):
    """Which of the two counts; `version`: of the mark that was seen to stand."""

    choice: Chosen
    version: int = Field(ge=0, le=MOST)


@router.get(PATH, operation_id="listSeconds")
def seconds(
    request: Request, assignment: AssignmentId, exercise: Exercise, course: InCourse = Depends(Member(Role.GRADER))
) -> Seconds:
    """The sample, and how far both agree."""
    with site_of(request).database.read() as session:
        return _told(session, the_opening(session, course, assignment).id, exercise)


@router.post(PATH, operation_id="drawSeconds", status_code=201)
def draw_more(
    request: Request,
    assignment: AssignmentId,
    exercise: Exercise,
    wanted: SampleWanted,
    course: InCourse = Depends(CHANGES),
) -> Seconds:
    """Draw so many more of the marked answers, by chance."""
    site = site_of(request)
    with site.database.begin() as session:
        opening_id = the_opening(session, course, assignment).id
        actor, chance = actor_of(request, course), SystemRandom()
        saved(draw(session, opening_id, exercise, wanted.number, chance=chance, actor=actor, now=site.now()))
        return _told(session, opening_id, exercise)


@router.put(f"{PATH}/{{attempt_id}}", operation_id="giveSecond", status_code=204, responses=CONFLICT)
def give(
    request: Request,
    assignment: AssignmentId,
    exercise: Exercise,
    attempt_id: uuid.UUID,
    wanted: SecondMarkWanted,
    course: InCourse = Depends(MARKS),
) -> None:
    """Give the second mark, once; whoever gave the first cannot."""
    site = site_of(request)
    decided = Decided(
        attempt_id=attempt_id,
        exercise=exercise,
        given=Given(points=wanted.points, comment=wanted.comment),
        version=0,
        way=Way.SECOND,
        items=wanted.items,
    )
    with site.database.begin() as session:
        row = _row(session, course, assignment, exercise, attempt_id)
        saved(give_second(session, row, decided, actor=actor_of(request, course), now=site.now()))


@router.post(f"{PATH}/{{attempt_id}}/choice", operation_id="settleSecond", status_code=204, responses=CONFLICT)
def settle(
    request: Request,
    assignment: AssignmentId,
    exercise: Exercise,
    attempt_id: uuid.UUID,
    wanted: ChoiceWanted,
    course: InCourse = Depends(CHANGES),
) -> None:
    """Choose which of the two counts."""
    site = site_of(request)
    with site.database.begin() as session:
        row, actor = _row(session, course, assignment, exercise, attempt_id), actor_of(request, course)
        saved(settle_second(session, row, wanted.choice, version=wanted.version, actor=actor, now=site.now()))


def _row(session: Session, course: InCourse, assignment: str, exercise: str, attempt_id: uuid.UUID) -> SecondMark:
    """Raises NotThere."""
    return there(second_at(session, the_opening(session, course, assignment).id, exercise, attempt_id))


def _told(session: Session, opening_id: int, exercise: str) -> Seconds:
    found = seconds_of(session, opening_id, exercise)
    agreed = agreement_of(found)
    return Seconds(
        items=tuple(map(_second, found)),
        agreement=AgreementShape(
            pairs=agreed.pairs,
            equal=_figure(agreed.equal),
            mean_difference=_figure(agreed.mean_difference),
            mean_distance=_figure(agreed.mean_distance),
            weighted_kappa=_figure(agreed.kappa),
        ),
    )


def _second(each: Second) -> SecondShape:
    """Nothing of the first mark is told before there is a second."""
    row = each.row
    return SecondShape(
        attempt=row.attempt_id,
        first=None if row.first is None else row.first.points,
        second=None if row.given is None else row.given.points,
        first_by=each.first_by,
        second_by=each.by,
        choice=row.choice,
        version=0 if each.standing is None else each.standing.version,
    )


def _figure(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
