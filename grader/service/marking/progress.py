"""How far marking has come: of a course by opening, of an opening by exercise. For staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.service.attempts.standing import what_counts
from grader.service.store.tables import Membership, Opening, Role, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseMarked:
    """One exercise as it counts of the class: so many answers, of which people marked some, and some wait for them."""

    id: str
    possible: int
    by_person: bool
    answers: int
    marked: int
    waiting: int


def waiting_in(session: Session, course_id: int) -> Mapping[int, int]:
    """How many students of each opening wait for a mark; those of whom nobody does are left out."""
    asked = (
        select(Standing.opening_id, func.count())
        .join(Opening, Opening.id == Standing.opening_id)
        .where(Opening.course_id == course_id, Standing.to_mark > 0)
        .group_by(Standing.opening_id)
    )
    return {row[0]: row[1] for row in session.execute(asked)}


def marked_in(session: Session, opening_id: int) -> Sequence[ExerciseMarked]:
    """Every exercise of which a student has an answer that counts, in the order of the assignment."""
    asked = (
        select(Membership.person_id)
        .join(Opening, Opening.course_id == Membership.course_id)
        .where(Opening.id == opening_id, Membership.role == Role.STUDENT)
    )
    students = set(session.scalars(asked))
    answers: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    worth: dict[str, tuple[int, bool]] = {}
    for each in what_counts(session, opening_id):
        if each.counted is None or each.person_id not in students:
            continue
        outlines = {one.id: one.outline for one in each.attempts}
        for exercise, attempt_id in each.counted.by_exercise.items():
            outline = outlines[attempt_id]
            found = next(one for one in (outline.exercises if outline else ()) if one.id == exercise)
            worth[exercise] = (found.points, found.by_person)
            answers[exercise] += 1
            marked[exercise] += found.mark is not None
            waiting[exercise] += found.to_mark > 0
    return [
        ExerciseMarked(
            id=name,
            possible=possible,
            by_person=by_person,
            answers=answers[name],
            marked=marked[name],
            waiting=waiting[name],
        )
        for name, (possible, by_person) in worth.items()
    ]
