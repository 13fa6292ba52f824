"""One decision about one exercise of an attempt, saved: the row of the report, the history, what counts of it, the
trail, all or nothing. Of two who decide at once the second is told what the first decided, by the version that each
saw."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, undefer

from grader.messages import Message, say
from grader.policy.marking import MOST_COMMENT, MOST_REASON, NotSaved, StandingMark, Way, Why, given_in
from grader.report.marking import Given, GivenCheck, by_rubric, with_check
from grader.report.report import RubricItem
from grader.service.attempts.documents import after_marking, machine_report
from grader.service.attempts.outlining import outlined
from grader.service.attempts.standing import hold, settle
from grader.service.people.audit import Actor
from grader.service.store.mark_tables import MarkChange, RubricEntry
from grader.service.store.outline import GradedExercise
from grader.service.store.tables import Attempt, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What somebody decided. `given` is None to take a mark back; `version`: of the decision that they saw, 0 where
    there was none. With `items` of the rubric, the points that are given are on top of theirs, and may be negative.
    With a `check`, what is given or taken back is of that one alone, and the marks of others stay. `group_id`: of the
    answers that are decided with it."""

    attempt_id: uuid.UUID
    exercise: str
    given: Given | None
    version: int
    way: Way
    reason: str = ""
    items: tuple[int, ...] = ()
    check: str | None = None
    group_id: int | None = None


def save(session: Session, decided: Decided, *, actor: Actor, now: datetime) -> StandingMark | NotSaved:
    """Save it, and make what counts anew. The very same decision sent twice by one person is one.

    Holds the student until the transaction ends, as receiving and settling do.
    """
    place = _place(session, decided.attempt_id)
    if place is None:
        return _none()
    hold(session, place.opening_id, place.person_id)
    row = stored(session, decided.attempt_id)
    if row is None:
        return _none()
    action = "mark.taken_back" if decided.given is None else "mark.given"
    judged = fit(session, place.opening_id, row, decided)
    refused = judged if isinstance(judged, NotSaved) else None
    decided = judged if isinstance(judged, Decided) else decided
    standing = (row.marks or {}).get(decided.exercise)
    if refused is None and decided.version != (0 if standing is None else standing.version):
        if standing is not None and standing.given == decided.given and standing.by_id == actor.person_id:
            return standing
        refused = NotSaved(why=Why.CHANGED, message=say("mark_changed"), standing=standing)
    if refused is not None:
        return refused
    made = put_mark(session, row, decided, by_id=actor.person_id, now=now)
    session.flush()
    settle(session, place.opening_id, place.person_id, now)
    actor.did(
        session,
        action,
        f"attempt:{decided.attempt_id}",
        course_id=place.course_id,
        now=now,
        exercise=decided.exercise,
        version=made.version,
        way=decided.way,
        **({} if decided.check is None else {"check": decided.check}),
    )
    return made


def fit(session: Session, opening_id: int, row: StoredReport, decided: Decided) -> Decided | NotSaved:
    """The decision as one about the exercise: with what its items give by now, or, of a check, beside what stands of
    others; if that is there and worth as much. Nothing is saved."""
    if decided.check is not None:
        return _of_check(row, decided, decided.check)
    by_items = _by_rubric(session, opening_id, row, decided)
    if by_items is None:
        return NotSaved(why=Why.NO_ITEM, message=say("rubric_no_item"))
    return _refused(row, by_items) or by_items


def put_mark(
    session: Session, row: StoredReport, decided: Decided, *, by_id: int | None, now: datetime
) -> StandingMark:
    """Write the decision to the report's row and to the history. The caller holds the student, has looked whether it is
    right, and makes what counts anew."""
    marks = dict(row.marks or {})
    before = marks.get(decided.exercise)
    version = 1 if before is None else before.version + 1
    made = StandingMark(version=version, given=decided.given, by_id=by_id, at=now)
    row.marks = marks | {decided.exercise: made}
    row.outline = outlined(after_marking(machine_report(row), row.marks))
    session.add(
        MarkChange(
            attempt_id=decided.attempt_id,
            exercise=decided.exercise,
            version=version,
            given=decided.given,
            reason=decided.reason[:MOST_REASON],
            way=decided.way,
            by_id=by_id,
            at=now,
            group_id=decided.group_id,
        )
    )
    return made


def stored(session: Session, attempt_id: uuid.UUID) -> StoredReport | None:
    """The report's row as it is now, with its document."""
    return session.scalar(
        select(StoredReport)
        .where(StoredReport.attempt_id == attempt_id)
        .options(undefer(StoredReport.document))
        .execution_options(populate_existing=True)
    )


def wrong(given: Given, possible: int, exercise: str) -> Message | None:
    """What is wrong with points and comment; exactly what a table of marks is told of them."""
    if given.points < 0:
        return say("marks_negative", points=given.points)
    if given.points > possible and not given.checks:  # of checks each was held to its own
        return say("marks_too_many", points=given.points, possible=possible, exercise=exercise)
    if len(given.comment) > MOST_COMMENT:
        return say("marks_long_comment", most=f"{MOST_COMMENT:,}")
    return None


def wrong_of_check(given: GivenCheck, exercise: GradedExercise) -> NotSaved | None:
    """Why that is not given for a check of the exercise as it was graded."""
    possible = {each.id: each.possible for each in exercise.checks}
    if given.check not in possible:
        known = ", ".join(possible) or "-"
        message = say("marks_check", check=given.check, exercise=exercise.id, checks=known)
        return NotSaved(why=Why.NO_CHECK, message=message)
    if exercise.mark is not None and not exercise.mark.checks:
        return NotSaved(why=Why.FAULTY, message=say("mark_is_whole", exercise=exercise.id))
    whole = Given(points=given.points, comment=given.comment)
    fault = wrong(whole, possible[given.check], f"{exercise.id}/{given.check}")
    return None if fault is None else NotSaved(why=Why.OUT_OF_BOUNDS, message=fault)


def _of_check(row: StoredReport, decided: Decided, check: str) -> Decided | NotSaved:
    exercise = next((each for each in row.outline.exercises if each.id == decided.exercise), None)
    if exercise is None:
        return _no_exercise(row, decided.exercise)
    wanted = decided.given
    given = None if wanted is None else GivenCheck(check=check, points=wanted.points, comment=wanted.comment)
    standing = given_in(row.marks).get(decided.exercise)
    if given is None and (standing is None or all(each.check != check for each in standing.checks)):
        return NotSaved(why=Why.NO_CHECK, message=say("mark_no_check_mark", exercise=exercise.id, check=check))
    if given is not None and (refused := wrong_of_check(given, exercise)) is not None:
        return refused
    return replace(decided, given=with_check(standing, check, given))


def _no_exercise(row: StoredReport, exercise: str) -> NotSaved:
    known = ", ".join(each.id for each in row.outline.exercises) or "-"
    return NotSaved(why=Why.NO_EXERCISE, message=say("marks_exercise", exercise=exercise, exercises=known))


def _refused(row: StoredReport, decided: Decided) -> NotSaved | None:
    exercises = {each.id: each.points for each in row.outline.exercises}
    if decided.exercise not in exercises:
        return _no_exercise(row, decided.exercise)
    if decided.given is None:
        return None
    fault = wrong(decided.given, exercises[decided.exercise], decided.exercise)
    return None if fault is None else NotSaved(why=Why.OUT_OF_BOUNDS, message=fault)


def _by_rubric(session: Session, opening_id: int, row: StoredReport, decided: Decided) -> Decided | None:
    """With what its items give by now; whoever changes them waits until this is saved. None where one of them is gone:
    a mark without its points is one that nobody decided."""
    if decided.given is None or not decided.items:
        return decided
    asked = select(RubricEntry).where(
        RubricEntry.opening_id == opening_id,
        RubricEntry.exercise == decided.exercise,
        RubricEntry.id.in_(decided.items),
        RubricEntry.removed_at.is_(None),
    )
    items = [item_of(each) for each in session.scalars(asked.order_by(RubricEntry.place, RubricEntry.id))]
    if {each.id for each in items} != set(decided.items):
        return None
    possible = next((each.points for each in row.outline.exercises if each.id == decided.exercise), 0)
    given = by_rubric(items, extra=decided.given.points, comment=decided.given.comment, possible=possible)
    return replace(decided, given=given)


def item_of(entry: RubricEntry) -> RubricItem:
    """The item as a mark keeps it."""
    return RubricItem(id=entry.id, points=entry.points, words=entry.words)


def _none() -> NotSaved:
    return NotSaved(why=Why.NO_REPORT, message=say("mark_no_report"))


def _place(session: Session, attempt_id: uuid.UUID) -> Row[int, int, int] | None:
    asked = select(Attempt.opening_id, Attempt.person_id, Attempt.course_id).where(Attempt.id == attempt_id)
    return session.execute(asked).one_or_none()
