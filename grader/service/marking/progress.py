"""How far marking has come: of a course by opening, of an opening by exercise. For staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from grader.service.attempts.standing import what_counts
from grader.service.store.mark_tables import MarkRequest, SecondMark
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What of an opening waits for people: students for a mark, requests for an answer, answers of a sample for a
    second mark, and those whose two marks differ for a choice. `exercise`: the first in whose sample something does."""

    marks: int = 0
    requests: int = 0
    seconds: int = 0
    differ: int = 0
    exercise: str | None = None


def awaited_in(session: Session, course_id: int) -> Mapping[int, Awaited]:
    """What waits in each opening, by one question; openings in which nothing does are left out."""
    here = select(Opening.id).where(Opening.course_id == course_id)
    students = select(Membership.person_id).where(Membership.course_id == course_id, Membership.role == Role.STUDENT)
    second = case((SecondMark.given.is_(None), literal("seconds")), else_=literal("differ"))
    asked = union_all(
        select(Standing.opening_id, literal("marks"), literal(""), func.count())
        .where(Standing.opening_id.in_(here), Standing.to_mark > 0, Standing.person_id.in_(students))
        .group_by(Standing.opening_id),
        select(MarkRequest.opening_id, literal("requests"), literal(""), func.count())
        .where(MarkRequest.opening_id.in_(here), MarkRequest.answered_at.is_(None))
        .group_by(MarkRequest.opening_id),
        select(SecondMark.opening_id, second, SecondMark.exercise, func.count())
        .where(SecondMark.opening_id.in_(here), SecondMark.choice.is_(None))
        .group_by(SecondMark.opening_id, SecondMark.given.is_(None), SecondMark.exercise),
    )
    found: dict[int, Awaited] = {}
    for opening_id, what, exercise, number in sorted(tuple(row) for row in session.execute(asked)):
        there = found.get(opening_id, Awaited())
        told = {what: getattr(there, what) + number}
        found[opening_id] = replace(there, exercise=there.exercise or exercise or None, **told)
    return found


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
