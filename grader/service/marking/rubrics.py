"""Rubrics: the items of an exercise, added, changed for everybody who has them, removed. An item is never worth
more than its exercise; one that marks use is removed only by whoever says so, and from all of them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from grader.messages import Message, counted, say
from grader.policy.marking import MOST_ITEMS, MOST_WORDS, NotSaved, Way, Why
from grader.report.marking import Given, by_rubric
from grader.report.report import RubricItem
from grader.service.attempts.standing import resettle
from grader.service.courses.current import current_assignments
from grader.service.marking.saving import Decided, item_of, put_mark
from grader.service.people.audit import Actor
from grader.service.store.mark_tables import RubricEntry
from grader.service.store.tables import Attempt, Opening, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What somebody typed for an item."""

    points: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An item as it stands, and how many marks were made anew by that."""

    item: RubricEntry
    marks: int


def rubric(session: Session, opening_id: int, exercise: str | None = None) -> Sequence[RubricEntry]:
    """The items of an exercise, or of all, in their order."""
    asked = select(RubricEntry).where(RubricEntry.opening_id == opening_id, RubricEntry.removed_at.is_(None))
    if exercise is not None:
        asked = asked.where(RubricEntry.exercise == exercise)
    return session.scalars(asked.order_by(RubricEntry.exercise, RubricEntry.place, RubricEntry.id)).all()


def uses(session: Session, opening_id: int) -> Mapping[int, int]:
    """In how many marks each item is."""
    asked = (
        select(StoredReport.marks)
        .join(Attempt, Attempt.id == StoredReport.attempt_id)
        .where(Attempt.opening_id == opening_id, StoredReport.marks.is_not(None))
    )
    standing = (each for marks in session.scalars(asked) for each in (marks or {}).values())
    return Counter(item.id for each in standing if each.given is not None for item in each.given.items)


def add_item(
    session: Session, opening_id: int, exercise: str, worded: Worded, *, actor: Actor, now: datetime
) -> RubricEntry | NotSaved:
    """One item more, behind the others."""
    opening = _locked(session, opening_id)
    there = rubric(session, opening_id, exercise)
    if (fault := _fault(_worth(session, opening, exercise), worded)) is not None:
        return NotSaved(why=Why.FAULTY, message=fault)
    if len(there) >= MOST_ITEMS:
        return NotSaved(why=Why.FAULTY, message=say("rubric_full", most=MOST_ITEMS))
    entry = RubricEntry(
        opening_id=opening_id,
        exercise=exercise,
        place=1 + max((each.place for each in there), default=0),
        points=worded.points,
        words=worded.words.strip(),
    )
    session.add(entry)
    session.flush()
    _note(session, opening, "rubric.added", entry, actor, now)
    return entry


def the_item(
    session: Session, opening_id: int, exercise: str, worded: Worded, *, actor: Actor, now: datetime
) -> RubricEntry | NotSaved:
    """The item that says just this; added where there is none."""
    _locked(session, opening_id)
    wanted = (worded.points, worded.words.strip())
    there = (each for each in rubric(session, opening_id, exercise) if (each.points, each.words) == wanted)
    return next(there, None) or add_item(session, opening_id, exercise, worded, actor=actor, now=now)


def change_item(
    session: Session, item: RubricEntry, worded: Worded, *, version: int, actor: Actor, now: datetime
) -> Changed | NotSaved:
    """Other points or words, for everybody who has the item: each mark is another decision, with the reason."""
    opening = _locked(session, item.opening_id)
    session.refresh(item)
    if item.removed_at is not None:
        return NotSaved(why=Why.NO_ITEM, message=say("rubric_no_item"))
    if (fault := _fault(_worth(session, opening, item.exercise), worded)) is not None:
        return NotSaved(why=Why.FAULTY, message=fault)
    if (item.points, item.words) == (worded.points, worded.words.strip()):
        return Changed(item=item, marks=0)
    if item.version != version:
        return NotSaved(why=Why.CHANGED, message=say("rubric_changed"))
    item.points, item.words, item.version = worded.points, worded.words.strip(), item.version + 1
    session.flush()
    marks = _anew(session, item, actor=actor, now=now)
    _note(session, opening, "rubric.changed", item, actor, now, marks=marks)
    return Changed(item=item, marks=marks)


def remove_item(
    session: Session, item: RubricEntry, *, from_marks: bool, actor: Actor, now: datetime
) -> Changed | NotSaved:
    """Take the item out of the rubric; with `from_marks`, out of all marks that have it as well."""
    opening = _locked(session, item.opening_id)
    session.refresh(item)
    if item.removed_at is not None:
        return Changed(item=item, marks=0)
    used = uses(session, item.opening_id).get(item.id, 0)
    if used and not from_marks:
        return NotSaved(why=Why.IN_USE, message=say("rubric_in_use", marks=counted(used, "mark")))
    item.removed_at = now
    session.flush()
    marks = _anew(session, item, actor=actor, now=now) if used else 0
    _note(session, opening, "rubric.removed", item, actor, now, marks=marks)
    return Changed(item=item, marks=marks)


def _anew(session: Session, item: RubricEntry, *, actor: Actor, now: datetime) -> int:
    """Make every mark that has the item anew; how many it were. The caller holds the opening."""
    made = 0
    for row in _with_marks(session, item.opening_id):
        standing = (row.marks or {}).get(item.exercise)
        if standing is None or standing.given is None or item.id not in {one.id for one in standing.given.items}:
            continue
        possible = next((each.points for each in row.outline.exercises if each.id == item.exercise), 0)
        given = _with(standing.given, item, possible)
        put_mark(session, row, _decided(row.attempt_id, item, given), by_id=actor.person_id, now=now)
        made += 1
    session.flush()
    if made:
        resettle(session, item.opening_id, now)
    return made


def _with(given: Given, item: RubricEntry, possible: int) -> Given:
    """The mark with the item as it is now, or without it."""

    def now() -> Iterator[RubricItem]:
        for each in given.items:
            if each.id != item.id:
                yield each
            elif item.removed_at is None:
                yield item_of(item)

    return by_rubric(now(), extra=given.extra, comment=given.comment, possible=possible)


def _decided(attempt_id: uuid.UUID, item: RubricEntry, given: Given) -> Decided:
    return Decided(
        attempt_id=attempt_id, exercise=item.exercise, given=given, version=0, way=Way.RUBRIC, reason=item.words
    )


def _with_marks(session: Session, opening_id: int) -> Sequence[StoredReport]:
    asked = (
        select(StoredReport)
        .join(Attempt, Attempt.id == StoredReport.attempt_id)
        .where(Attempt.opening_id == opening_id, StoredReport.marks.is_not(None))
        .order_by(StoredReport.attempt_id)
        .options(undefer(StoredReport.document))
        .execution_options(populate_existing=True)
    )
    return session.scalars(asked).all()


def _fault(worth: int | None, worded: Worded) -> Message | None:
    if worth is None:
        return say("rubric_no_exercise")
    if abs(worded.points) > worth:
        return say("rubric_bounds", most=worth)
    if not worded.words.strip():
        return say("rubric_no_words")
    return say("rubric_long", most=f"{MOST_WORDS:,}") if len(worded.words.strip()) > MOST_WORDS else None


def _worth(session: Session, opening: Opening, exercise: str) -> int | None:
    """What the exercise is worth in the course's newest revision, else in an attempt that has it."""
    outline = current_assignments(session, opening.course_id).get(opening.assignment)
    points = {each.id: each.points for each in (outline.exercises if outline else ())}
    if exercise in points:
        return points[exercise]
    asked = (
        select(StoredReport.outline)
        .join(Attempt, Attempt.id == StoredReport.attempt_id)
        .where(Attempt.opening_id == opening.id)
        .order_by(StoredReport.made_at.desc())
        .limit(1)
    )
    last = session.scalar(asked)
    return next((each.points for each in (last.exercises if last else ()) if each.id == exercise), None)


def _locked(session: Session, opening_id: int) -> Opening:
    """Whoever saves a mark meanwhile waits, and goes by the new rubric."""
    return session.scalars(select(Opening).where(Opening.id == opening_id).with_for_update(key_share=True)).one()


def _note(
    session: Session, opening: Opening, action: str, item: RubricEntry, actor: Actor, now: datetime, **more: object
) -> None:
    actor.did(
        session,
        action,
        f"opening:{opening.id} {opening.assignment}",
        course_id=opening.course_id,
        now=now,
        exercise=item.exercise,
        item=item.id,
        **more,
    )
