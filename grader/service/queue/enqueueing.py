"""An attempt takes its place in the queue, and a worker is woken. Whether it is let in is decided above."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.queue.order import PRIORITIES, RUNNING, WAITING, Priority, greatest_virtual, least_virtual_waiting
from grader.service.queue.pace import LEAST_SECONDS, expected
from grader.service.site import Site
from grader.service.store.tables import Attempt, Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where an attempt waits. `seconds`: what grading it is expected to take."""

    priority: int
    start: float
    seconds: float


def enqueue(session: Session, site: Site, attempt: Attempt, *, now: datetime, priority: Priority | None = None) -> None:
    """Let an attempt that is stored wait for its turn once more, in the class of its source or that one."""
    del now  # who is next is no matter of the time of day
    turn = take_turn(
        session,
        site,
        attempt_id=attempt.id,
        course_id=attempt.course_id,
        opening_id=attempt.opening_id,
        person_id=attempt.person_id,
        revision_id=attempt.revision_id,
        priority=PRIORITIES[attempt.source] if priority is None else priority,
    )
    attempt.priority, attempt.start, attempt.seconds = turn.priority, turn.start, turn.seconds
    attempt.state = State.WAITING
    attempt.lease_until = attempt.worker = attempt.claimed_at = attempt.stage = None


def take_turn(
    session: Session,
    site: Site,
    *,
    attempt_id: uuid.UUID,
    course_id: int,
    opening_id: int,
    person_id: int,
    revision_id: int,
    priority: Priority,
) -> Turn:
    """The turn of an attempt that is about to wait, and a worker is woken for it."""
    asked = {
        "course": course_id,
        "class": int(priority),
        "person": person_id,
        "attempt": attempt_id,
        "revision": revision_id,
        "opening": opening_id,
    }
    found = session.connection().execute(_QUESTION, asked).one()
    if found.virtual is not None and found.virtual > found.own_virtual:
        _catch_up(session, course_id, found.virtual)
    turn = Turn(
        priority=int(priority), start=max(found.start, found.own_end), seconds=max(LEAST_SECONDS, found.seconds)
    )
    site.wakeups.ring(session, priority=turn.priority, seconds=turn.seconds)
    return turn


def _question() -> Select[*tuple[Any, ...]]:
    """All in one, since receiving must not wait. `start`: before it nothing of the class waits; `own_end`: what the
    student has in the queue of the course ends then. `virtual`: the least share that the course must have had by now;
    None if it waits already."""
    here = Attempt.course_id == bindparam("course")
    in_class = here & (Attempt.priority == bindparam("class"))
    own = in_class & (Attempt.person_id == bindparam("person")) & (Attempt.id != bindparam("attempt"))
    waits = exists(select(literal_column("1")).select_from(Attempt).where(here, WAITING))
    others = func.coalesce(least_virtual_waiting(), greatest_virtual())
    return select(
        expected(bindparam("revision"), bindparam("opening")).label("seconds"),
        func.coalesce(
            _one(func.min(Attempt.start), in_class & WAITING),
            _one(func.max(Attempt.start), in_class & RUNNING),
            0.0,
        ).label("start"),
        func.coalesce(_one(func.max(Attempt.start + Attempt.seconds), own & (WAITING | RUNNING)), 0.0).label("own_end"),
        Course.virtual.label("own_virtual"),
        case((waits, None), else_=others).label("virtual"),
    ).where(Course.id == bindparam("course"))


def _one(what: ColumnElement[float | None], where: ColumnElement[bool]) -> ScalarSelect[float | None]:
    return select(what).where(where).scalar_subquery()


#: put together once: that takes longer than to ask it
_QUESTION: Final = _question()


def _catch_up(session: Session, course_id: int, virtual: float) -> None:
    """A course of which nothing waited does not get later what it did not use."""
    behind = (Course.id == course_id, Course.virtual < virtual)
    session.execute(update(Course).where(*behind).values(virtual=virtual))
