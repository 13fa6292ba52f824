"""Answers that people mark, and marks on them, as tests of marking want them. No test lives here."""

from __future__ import annotations

import uuid

from grader.messages import say
from grader.policy.marking import NotSaved, StandingMark, Way
from grader.report.marking import Given
from grader.report.report import CellReference, ExerciseResult, Report, Verdict
from grader.service.marking.saving import Decided, save
from grader.service.people.audit import Actor
from grader.service.store.outline import AssignmentOutline, ExerciseOutline
from grader.service.store.tables import Attempt, Revision, Standing, StoredReport
from tests.service.classroom import Classroom
from tests.service.grading import two
from tests.unit.reports import exercise, report

#: with an exercise that a person marks
WRITTEN = AssignmentOutline(
    id="digits",
    title={"en": "Handwritten digits"},
    exercises=(
        ExerciseOutline(id="my_softmax", title={"en": "Softmax"}, points=40),
        ExerciseOutline(id="model", title={"en": "The model"}, points=60),
        ExerciseOutline(id="why", title={"en": "Why it converges"}, points=20, by_person=True),
    ),
)


def waiting(text: str = "It is **bounded**.", id: str = "why", points: int = 20) -> ExerciseResult:
    """An answer in prose of which so many points are open."""
    return exercise(
        id=id,
        title="Why it converges",
        verdict=Verdict.TO_MARK,
        earned=0,
        to_mark=points,
        rubric="10 for the bound",
        cell=CellReference(index=7, found_by="marker", source=text),
        message=say("marked"),
    )


def written(first: int = 40, second: int = 40, *, text: str = "It is **bounded**.") -> Report:
    """A report on digits in which a person marks one exercise more."""
    titled = zip(two(first, second).exercises, ("Softmax", "The model"), strict=True)
    machine = (each.model_copy(update={"title": title}) for each, title in titled)
    return report(*machine, waiting(text))


def with_written(room: Classroom) -> Classroom:
    """The same course, whose assignment has that exercise."""
    with room.site.database.begin() as session:
        session.get_one(Revision, room.revision_id).assignments = (WRITTEN,)
    return room


def decide(
    room: Classroom,
    attempt_id: uuid.UUID,
    points: int | None,
    *,
    exercise: str = "why",
    version: int = 0,
    by: str = "greta",
    comment: str = "",
    reason: str = "",
    items: tuple[int, ...] = (),
) -> StandingMark | NotSaved:
    """Somebody marks it; None takes the mark back."""
    decided = Decided(
        attempt_id=attempt_id,
        exercise=exercise,
        given=None if points is None else Given(points=points, comment=comment),
        version=version,
        way=Way.PAGE,
        reason=reason,
        items=items,
    )
    with room.site.database.begin() as session:
        return save(session, decided, actor=Actor(person_id=room.people[by]), now=room.site.now())


def stands(room: Classroom, name: str) -> tuple[str, int | None, int]:
    """Where somebody stands: earned, possible, to mark."""
    with room.site.database.read() as session:
        found = session.get_one(Standing, (room.opening_id, room.people[name]))
    return str(found.earned), found.possible, found.to_mark


def row_of(room: Classroom, attempt_id: uuid.UUID) -> StoredReport:
    """The report's row."""
    with room.site.database.read() as session:
        found = session.get_one(Attempt, attempt_id).report
    assert found is not None
    return found
