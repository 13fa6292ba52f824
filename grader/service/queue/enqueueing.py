"""An attempt takes its place in the queue, and a worker is woken. Whether it is let in is decided above."""

from __future__ import annotations

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

from grader.service.queue.order import PRIORITIES, RUNNING, WAITING, Priority, greatest_virtual, least_virtual_waiting
from grader.service.queue.pace import LEAST_SECONDS, expected
from grader.service.site import Site
from grader.service.store.tables import Attempt, Course, State


def enqueue(session: Session, site: Site, attempt: Attempt, *, now: datetime, priority: Priority | None = None) -> None:
    """Let an attempt, new or not, wait for its turn, in the class of its source or that one."""
    del now  # who is next is no matter of the time of day
    with session.no_autoflush:  # a new row is not complete until we are through
        attempt.priority = PRIORITIES[attempt.source] if priority is None else priority
        found = _looked(session, attempt)
        if found.virtual is not None and found.virtual > found.own_virtual:
            _catch_up(session, attempt.course_id, found.virtual)
        attempt.seconds = max(LEAST_SECONDS, found.seconds)
        attempt.start = max(found.start, found.own_end)
        attempt.state = State.WAITING
        attempt.lease_until = attempt.worker = attempt.claimed_at = attempt.stage = None
        site.wakeups.ring(session, priority=attempt.priority, seconds=attempt.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """`start`: before it nothing of the class waits; `own_end`: what the student has in the queue of the course ends
    then. `virtual`: the least share that the course must have had by now; None if it waits already."""

    seconds: float
    start: float
    own_end: float
    own_virtual: float
    virtual: float | None


def _looked(session: Session, attempt: Attempt) -> _Looked:
    """All in one question: receiving must not wait."""
    asked = {
        "course": attempt.course_id,
        "class": int(attempt.priority),
        "person": attempt.person_id,
        "attempt": attempt.id,
        "revision": attempt.revision_id,
        "opening": attempt.opening_id,
    }
    return _Looked(**session.execute(_QUESTION, asked).one()._mapping)


def _question() -> Select[*tuple[Any, ...]]:
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
