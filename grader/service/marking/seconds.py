"""Second marking: a sample of marked answers is drawn, each marked again by somebody else who is not shown the first
mark; what differs is settled by choosing. Until then the first counts. No student is told of any of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from grader.messages import say
from grader.policy.agreement import Agreement, TwoMarks, agreement
from grader.policy.marking import Chosen, NotSaved, StandingMark, Way, Why
from grader.report.marking import Given
from grader.service.attempts.standing import hold
from grader.service.marking.answers import CountedAnswer, Order, answers
from grader.service.marking.leases import claimed
from grader.service.marking.saving import Decided, fit, save, stored
from grader.service.people.audit import Actor
from grader.service.store.mark_tables import SecondMark
from grader.service.store.tables import Attempt, Opening, Person, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """An answer of the sample: whose, who marked it first and second, and what stands by now."""

    row: SecondMark
    person_id: int
    student: str
    number: int
    first_by: str | None
    by: str | None
    standing: StandingMark | None

    @property
    def differs(self) -> bool:
        """Whether somebody has to choose."""
        return self.row.given is not None and self.row.choice is None


def draw(
    session: Session, opening_id: int, exercise: str, number: int, *, chance: Random, actor: Actor, now: datetime
) -> int | NotSaved:
    """So many more of the marked answers, by chance; how many it were. Those that are in the sample stay in it."""
    opening = session.scalars(select(Opening).where(Opening.id == opening_id).with_for_update(key_share=True)).one()
    there = {each.attempt_id for each in _rows(session, opening_id, exercise)}
    found = answers(session, opening_id, [exercise], Order.BY_EXERCISE, now=now).answers
    left = sorted(each.attempt_id for each in found if each.is_whole and each.attempt_id not in there)
    if number < 1 or not left:
        return NotSaved(why=Why.FAULTY, message=say("seconds_nothing_to_draw"))
    drawn = chance.sample(left, min(number, len(left)))
    session.add_all(
        SecondMark(attempt_id=each, exercise=exercise, opening_id=opening_id, drawn_at=now) for each in drawn
    )
    session.flush()
    actor.did(
        session,
        "seconds.drawn",
        f"opening:{opening.id} {opening.assignment}",
        course_id=opening.course_id,
        now=now,
        exercise=exercise,
        answers=len(drawn),
    )
    return len(drawn)


def seconds_of(session: Session, opening_id: int, exercise: str) -> Sequence[Second]:
    """The sample of an exercise: what is to be settled first, then what waits, then the rest."""
    student, first, second = aliased(Person), aliased(Person), aliased(Person)
    asked = (
        select(SecondMark, Attempt.person_id, Attempt.number, student.name, first.name, second.name, StoredReport.marks)
        .join(Attempt, Attempt.id == SecondMark.attempt_id)
        .join(student, student.id == Attempt.person_id)
        .join(StoredReport, StoredReport.attempt_id == SecondMark.attempt_id)
        .outerjoin(first, first.id == SecondMark.first_by_id)
        .outerjoin(second, second.id == SecondMark.by_id)
        .where(SecondMark.opening_id == opening_id, SecondMark.exercise == exercise)
        .order_by(student.name, Attempt.id)
    )
    found = [
        Second(
            row=row,
            person_id=person_id,
            number=number,
            student=name,
            first_by=first_by,
            by=by,
            standing=(marks or {}).get(exercise),
        )
        for row, person_id, number, name, first_by, by, marks in session.execute(asked)
    ]
    return sorted(found, key=lambda each: (not each.differs, each.row.given is not None))


def agreement_of(seconds: Sequence[Second]) -> Agreement:
    """Of those that have both marks, as they were given."""
    both = [(each.row.first, each.row.given) for each in seconds]
    return agreement([TwoMarks(first=one.points, second=two.points) for one, two in both if one and two])


def next_second(session: Session, opening_id: int, exercise: str, me: int, now: datetime) -> SecondMark | None:
    """One that waits, that is nobody else's now, and that they have not marked first; in no order of names."""
    busy = claimed(session, opening_id, now)
    for row in _rows(session, opening_id, exercise):
        if row.given is None and busy.get((row.attempt_id, exercise)) in (None, me):
            standing = _standing(session, row)
            given = None if standing is None else standing.given
            if standing is not None and given is not None and not given.checks and standing.by_id != me:
                return row
    return None


def give_second(
    session: Session, row: SecondMark, decided: Decided, *, actor: Actor, now: datetime
) -> SecondMark | NotSaved:
    """Keep the second mark, given once; where both give the same points it is settled by that."""
    _hold(session, row)
    report = stored(session, row.attempt_id)
    standing = None if report is None else (report.marks or {}).get(row.exercise)
    if report is None or standing is None or standing.given is None or standing.given.checks:
        return NotSaved(why=Why.CHANGED, message=say("second_no_first"))
    if row.given is not None:
        return NotSaved(why=Why.CHANGED, message=say("second_given_already"))
    if standing.by_id == actor.person_id:
        return NotSaved(why=Why.FAULTY, message=say("second_is_first"))
    judged = fit(session, row.opening_id, report, decided)
    if isinstance(judged, NotSaved):
        return judged
    row.first, row.first_by_id = standing.given, standing.by_id
    row.given, row.by_id, row.at = judged.given, actor.person_id, now
    if judged.given is not None and judged.given.points == standing.given.points:
        row.choice, row.settled_at = Chosen.FIRST, now
    session.flush()
    _note(session, "second.given", row, actor, now)
    return row


def settle_second(
    session: Session, row: SecondMark, choice: Chosen, *, version: int, actor: Actor, now: datetime
) -> SecondMark | NotSaved:
    """Choose which of the two counts; `version`: of the mark that was seen to stand. The second becomes a mark as any
    other, by whoever chose it."""
    _hold(session, row)
    if row.given is None:
        return NotSaved(why=Why.FAULTY, message=say("second_not_given"))
    if row.choice is not None:
        return row if row.choice is choice else NotSaved(why=Why.CHANGED, message=say("second_settled"))
    if choice is Chosen.SECOND:
        made = save(session, _as_decided(row, row.given, version), actor=actor, now=now)
        if isinstance(made, NotSaved):
            return made
    row.choice, row.settled_at = choice, now
    session.flush()
    _note(session, "second.settled", row, actor, now, choice=choice)
    return row


def second_at(session: Session, opening_id: int, exercise: str, attempt_id: uuid.UUID) -> SecondMark | None:
    """That one, if it is of the opening."""
    found = session.get(SecondMark, (attempt_id, exercise))
    return found if found is not None and found.opening_id == opening_id else None


def marked_answers(round_answers: Sequence[CountedAnswer], exercise: str) -> int:
    """How many answers to the exercise are marked as a whole: of these a sample is drawn."""
    return sum(each.is_whole for each in round_answers if each.exercise == exercise)


def _as_decided(row: SecondMark, given: Given, version: int) -> Decided:
    return Decided(
        attempt_id=row.attempt_id,
        exercise=row.exercise,
        given=Given(points=given.extra, comment=given.comment) if given.items else given,
        items=tuple(each.id for each in given.items),
        version=version,
        way=Way.SECOND,
    )


def _rows(session: Session, opening_id: int, exercise: str) -> Sequence[SecondMark]:
    asked = select(SecondMark).where(SecondMark.opening_id == opening_id, SecondMark.exercise == exercise)
    return session.scalars(asked.order_by(SecondMark.attempt_id)).all()


def _standing(session: Session, row: SecondMark) -> StandingMark | None:
    marks = session.scalar(select(StoredReport.marks).where(StoredReport.attempt_id == row.attempt_id))
    return (marks or {}).get(row.exercise)


def _hold(session: Session, row: SecondMark) -> None:
    """In the order in which everybody holds them."""
    person_id = session.scalars(select(Attempt.person_id).where(Attempt.id == row.attempt_id)).one()
    hold(session, row.opening_id, person_id)
    session.refresh(row, with_for_update=True)


def _note(session: Session, action: str, row: SecondMark, actor: Actor, now: datetime, **more: object) -> None:
    course_id = session.scalar(select(Attempt.course_id).where(Attempt.id == row.attempt_id))
    actor.did(session, action, f"attempt:{row.attempt_id}", course_id=course_id, now=now, exercise=row.exercise, **more)
