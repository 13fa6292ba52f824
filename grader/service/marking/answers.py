"""The answers of an opening one after the other, by exercise or by student, and which of them wait: by three questions,
however many they are, and without opening a report."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.marking import given_in
from grader.report.marking import Given
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.standing import resettle
from grader.service.marking.leases import claimed
from grader.service.store.tables import Attempt, Membership, Opening, Person, Role, Standing, StoredReport

#: earlier comments that are offered
MOST_COMMENTS: Final = 20


class Order(StrEnum):
    """In which order one goes through them."""

    BY_EXERCISE = "exercise"
    BY_STUDENT = "student"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAnswer:
    """One answer that counts. `by_id`: who is marking it at this moment; `is_whole`: what is marked is all of it."""

    attempt_id: uuid.UUID
    exercise: str
    person_id: int
    name: str
    is_marked: bool
    is_whole: bool = False
    by_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The answers in their order. `comments`: what was said of answers to each exercise, the most frequent first."""

    answers: Sequence[CountedAnswer]
    comments: Mapping[str, Sequence[str]]

    @property
    def marked(self) -> int:
        """How many are."""
        return sum(each.is_marked for each in self.answers)

    def place(self, attempt_id: uuid.UUID, exercise: str) -> int | None:
        """Where an answer stands, counted from 0; None where it does not count, or not any more."""
        found = (n for n, each in enumerate(self.answers) if (each.attempt_id, each.exercise) == (attempt_id, exercise))
        return next(found, None)

    def beside(self, place: int, step: int) -> CountedAnswer | None:
        """The one before or after it."""
        return self.answers[place + step] if 0 <= place + step < len(self.answers) else None

    def next_open(self, place: int, me: int) -> CountedAnswer | None:
        """The next one, round to the beginning, that has no mark and is nobody else's now."""
        return next(iter(self.open_after(place, me, most=1)), None)

    def open_after(self, place: int, me: int, *, most: int) -> Sequence[CountedAnswer]:
        """The next ones that are so."""
        turned = chain(self.answers[place + 1 :], self.answers[: place + 1])
        return list(islice((each for each in turned if not each.is_marked and each.by_id in (None, me)), most))


def answers(
    session: Session,
    opening_id: int,
    exercises: Sequence[str],
    order: Order,
    *,
    now: datetime,
    named: bool = True,
    blind: Blind = SEES_ALL,
) -> Round:
    """All answers of students to these exercises that count. Where names are not told, neither is the order theirs. No
    comment is from a mark that is not shown."""
    marks = _marks(session, opening_id)
    busy = claimed(session, opening_id, now)
    found = [
        CountedAnswer(
            attempt_id=attempt_id,
            exercise=exercise,
            person_id=person_id,
            name=name,
            is_marked=(given := marks.get(attempt_id, {}).get(exercise)) is not None,
            is_whole=given is not None and not given.checks,
            by_id=busy.get((attempt_id, exercise)),
        )
        for person_id, name, by_exercise in _standings(session, opening_id)
        for exercise, attempt_id in by_exercise.items()
        if exercise in exercises
    ]
    places = {exercise: n for n, exercise in enumerate(exercises)}

    def key(each: CountedAnswer) -> tuple[object, ...]:
        whose = (each.name.casefold(), each.person_id) if named else (each.attempt_id.hex, 0)
        if order is Order.BY_STUDENT and not named:
            whose = (f"{each.person_id * 2_654_435_761 % 2**32:08x}", 0)  # of one student all, in no order of theirs
        return (*whose, places[each.exercise]) if order is Order.BY_STUDENT else (places[each.exercise], *whose)

    told = {each: _comments(marks, each, blind) for each in exercises}
    return Round(answers=sorted(found, key=key), comments=told)


def settle_all(session: Session, opening_id: int, now: datetime) -> None:
    """Where rows of a version before do not say which attempt counts for which exercise, make them anew."""
    old = select(Standing.person_id).where(
        Standing.opening_id == opening_id, Standing.attempt_id.is_not(None), Standing.by_exercise.is_(None)
    )
    if session.scalar(old.limit(1)) is not None:
        session.execute(select(Opening.id).where(Opening.id == opening_id).with_for_update(key_share=True))
        resettle(session, opening_id, now)


def _standings(session: Session, opening_id: int) -> Iterator[tuple[int, str, Mapping[str, uuid.UUID]]]:
    asked = (
        select(Standing.person_id, Person.name, Standing.by_exercise)
        .join(Person, Person.id == Standing.person_id)
        .join(Opening, Opening.id == Standing.opening_id)
        .join(Membership, (Membership.course_id == Opening.course_id) & (Membership.person_id == Standing.person_id))
        .where(Standing.opening_id == opening_id, Membership.role == Role.STUDENT)
    )
    for person_id, name, by_exercise in session.connection().execute(asked):
        yield person_id, name, by_exercise or {}


def _comments(marks: Mapping[uuid.UUID, Mapping[str, Given]], exercise: str, blind: Blind) -> Sequence[str]:
    shown = (given for whose, given in marks.items() if exercise in given and not blind.hides(whose, exercise))
    said = Counter(given[exercise].comment for given in shown)
    return [comment for comment, _ in said.most_common(MOST_COMMENTS + 1) if comment][:MOST_COMMENTS]


def _marks(session: Session, opening_id: int) -> Mapping[uuid.UUID, Mapping[str, Given]]:
    """What stands, by attempt and exercise."""
    asked = (
        select(StoredReport.attempt_id, StoredReport.marks)
        .join(Attempt, Attempt.id == StoredReport.attempt_id)
        .where(Attempt.opening_id == opening_id, StoredReport.marks.is_not(None))
    )
    return {attempt_id: given_in(marks) for attempt_id, marks in session.connection().execute(asked)}
