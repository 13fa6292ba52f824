"""The marks of an opening as `marks.csv`, and such a table taken in. Each line is judged by `classes/marks.py`, as by
command; a mark goes to the attempt that counts for its exercise."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.classes.marks import Markable, MarkLine, Marks, as_read, marks_in, table_of
from grader.errors import UsageError
from grader.messages import Message, counted, say
from grader.policy.marking import NotSaved, Way, Why, given_in
from grader.report.marking import Given, GivenCheck, with_check
from grader.report.report import Mark
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.standing import resettle, what_counts
from grader.service.marking.saving import Decided, put_mark, stored, wrong, wrong_of_check
from grader.service.people.audit import Actor
from grader.service.people.naming import Called, names_of
from grader.service.store.outline import GradedExercise
from grader.service.store.tables import Attempt, Membership, Opening, Person, Role

#: what such a table is called
NAME: Final = "marks.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What counts of a student for one exercise: on which attempt, with which file."""

    attempt_id: uuid.UUID
    sha256: str
    exercise: GradedExercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a table: marks that are new or others than before, those that stood already, lines left out."""

    changed: int
    unchanged: int
    faults: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Class:
    """The students of an opening by name, each with what counts by exercise; `called`: all that a name may be."""

    answers: Mapping[str, Mapping[str, Counting]] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def exercises(self) -> Iterator[Markable]:
        """All that occur, each once."""
        found = {name: each for of in self.answers.values() for name, each in of.items()}
        for name, each in found.items():
            checks = {one.id: one.possible for one in each.exercise.checks}
            yield Markable(id=name, points=each.exercise.points, by_machine=not each.exercise.by_person, checks=checks)

    def sha256_of(self, student: str, exercise: str) -> str | None:
        """Of the file that counts there."""
        found = self.answers.get(student, {}).get(exercise)
        return None if found is None else found.sha256


def marks_table(session: Session, opening_id: int, blind: Blind = SEES_ALL) -> str:
    """A line for each mark that counts and is shown, and for each answer that waits for a person."""
    return table_of(_lines(_class(session, opening_id), blind))


def take(
    session: Session, opening_id: int, data: bytes, *, actor: Actor, now: datetime, partial: bool = False
) -> Taken | NotSaved:
    """Save what the table gives: all of it, or, if a line is wrong, nothing but with `partial`. Marks that the table
    does not name stay. Nobody else changes marks of the opening meanwhile."""
    opening = session.scalars(select(Opening).where(Opening.id == opening_id).with_for_update(key_share=True)).one()
    there = _class(session, opening_id)
    try:
        read = marks_in(data, name=NAME, students=there.called, exercises=there.exercises, files=there.sha256_of)
    except UsageError as error:
        return NotSaved(why=Why.FAULTY, message=error.message)
    faults = (*read.faults, *_too_many(read, there))
    if faults and not partial:
        lines = counted(len(faults), "line")
        return NotSaved(why=Why.FAULTY, message=say("marks_table_refused", lines=lines), faults=faults)
    changed = unchanged = 0
    for student, given in read.given.items():
        for exercise, each in given.items():
            answer = there.answers.get(student, {}).get(exercise)
            if answer is None or _fault(each, answer.exercise) is not None:
                continue
            if _put(session, answer, exercise, each, actor=actor, now=now):
                changed += 1
            else:
                unchanged += 1
    session.flush()
    if changed:
        resettle(session, opening_id, now)
        actor.did(
            session,
            "marks.imported",
            f"opening:{opening_id} {opening.assignment}",
            course_id=opening.course_id,
            now=now,
            marks=changed,
        )
    return Taken(changed=changed, unchanged=unchanged, faults=faults)


def _put(session: Session, answer: Counting, exercise: str, given: Given, *, actor: Actor, now: datetime) -> bool:
    """Whether it is another mark than the one that stood there, items of a rubric aside, of which no table tells."""
    row = stored(session, answer.attempt_id)
    if row is None or (answer.exercise.mark is not None and _says(answer.exercise.mark, given)):
        return False
    made = _beside(given_in(row.marks).get(exercise), given.checks) if given.checks else given
    decided = Decided(attempt_id=answer.attempt_id, exercise=exercise, given=made, version=0, way=Way.FILE)
    put_mark(session, row, decided, by_id=actor.person_id, now=now)
    session.flush()
    return True


def _beside(standing: Given | None, checks: Sequence[GivenCheck]) -> Given | None:
    """Marks of checks that the table does not name stay."""
    for each in checks:
        standing = with_check(standing, each.check, each)
    return standing


def _says(mark: Mark, given: Given) -> bool:
    if not given.checks:
        return not mark.checks and (mark.points, as_read(mark.comment)) == (given.points, given.comment)
    stands = {each.check: (each.points, as_read(each.comment)) for each in mark.checks}
    return all(stands.get(each.check) == (each.points, each.comment) for each in given.checks)


def _fault(given: Given, exercise: GradedExercise) -> Message | None:
    """What is wrong with it for an answer as it was graded."""
    if not given.checks:
        return wrong(given, exercise.points, exercise.id)
    refused = (wrong_of_check(each, exercise) for each in given.checks)
    return next((each.message for each in refused if each is not None), None)


def _too_many(read: Marks, there: _Class) -> Iterator[Message]:
    """Of two revisions an exercise may be worth different points: what is right for others may be too much here."""
    for student, given in read.given.items():
        for exercise, each in given.items():
            answer = there.answers.get(student, {}).get(exercise)
            if answer is None:
                yield say("marks_no_answer", student=student, exercise=exercise)
            elif (fault := _fault(each, answer.exercise)) is not None:
                yield say("marks_of_student", student=student, fault=fault)


def _lines(there: _Class, blind: Blind) -> Iterator[MarkLine]:
    for student, answers in sorted(there.answers.items()):
        for name, each in answers.items():
            mark = each.exercise.mark
            if (mark is None and not each.exercise.to_mark) or blind.hides(each.attempt_id, name):
                continue
            if mark is not None and mark.checks:
                yield from _of_checks(student, mark, each)
                continue
            yield MarkLine(
                student=student,
                exercise=name,
                points=None if mark is None else mark.points,
                comment="" if mark is None else mark.comment,
                override=not each.exercise.by_person,
                sha256=each.sha256,
            )


def _of_checks(student: str, mark: Mark, answer: Counting) -> Iterator[MarkLine]:
    """None of a check that is not there any more."""
    for each in mark.checks:
        if each.verdict is not None:
            yield MarkLine(
                student=student,
                exercise=answer.exercise.id,
                check=each.check,
                points=each.points,
                comment=each.comment,
                sha256=answer.sha256,
            )


def _class(session: Session, opening_id: int) -> _Class:
    people = _people(session, opening_id)
    names = names_of(people)
    asked = select(Attempt.id, Attempt.sha256).where(Attempt.opening_id == opening_id)
    files = {row.id: row.sha256 for row in session.execute(asked)}
    answers: dict[str, dict[str, Counting]] = {}
    for each in what_counts(session, opening_id):
        if each.counted is None or each.person_id not in names:
            continue
        outlines = {one.id: one.outline for one in each.attempts}
        mine = answers[names[each.person_id]] = {}
        for exercise, attempt_id in each.counted.by_exercise.items():
            outline = outlines[attempt_id]
            found = next(one for one in (outline.exercises if outline else ()) if one.id == exercise)
            mine[exercise] = Counting(attempt_id=attempt_id, sha256=files[attempt_id], exercise=found)
    return _Class(answers=answers, called=_called(people, names, answers))


def _called(people: Sequence[Called], names: Mapping[int, str], there: Mapping[str, object]) -> dict[str, str]:
    """Each by the name, and by the address where nobody is named so."""
    called: dict[str, str] = {}
    for each in people:
        if each.email and names[each.id] in there:
            called |= {each.email: names[each.id], each.email.lower(): names[each.id]}
    return called | {name: name for name in there}


def _people(session: Session, opening_id: int) -> Sequence[Called]:
    asked = (
        select(Person.id, Membership.number, Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .join(Opening, Opening.course_id == Membership.course_id)
        .where(Opening.id == opening_id, Membership.role == Role.STUDENT)
        .order_by(Person.id)
    )
    return [Called(id=row.id, number=row.number, email=row.email) for row in session.execute(asked)]
