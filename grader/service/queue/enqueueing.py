"""Attempts take their places in the queue, and workers are woken. Whether they are let in is decided above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An attempt that is about to wait. `own_end`: what its student has in the queue of the course, in that class, ends
    then."""

    course_id: int
    opening_id: int
    revision_id: int
    priority: Priority
    own_end: float

    @property
    def kind(self) -> tuple[int, int, int, Priority]:
        """Those of one kind begin alike."""
        return self.course_id, self.opening_id, self.revision_id, self.priority


def enqueue(session: Session, site: Site, attempt: Attempt, *, now: datetime, priority: Priority | None = None) -> None:
    """Let an attempt that is stored wait for its turn once more, in the class of its source or that one."""
    del now  # who is next is no matter of the time of day
    its_class = PRIORITIES[attempt.source] if priority is None else priority
    coming = Coming(
        course_id=attempt.course_id,
        opening_id=attempt.opening_id,
        revision_id=attempt.revision_id,
        priority=its_class,
        own_end=_own_end(session, attempt, its_class),
    )
    (turn,) = take_turns(session, site, [coming])
    attempt.priority, attempt.start, attempt.seconds = turn.priority, turn.start, turn.seconds
    attempt.state = State.WAITING
    attempt.lease_until = attempt.worker = attempt.claimed_at = attempt.stage = None


def take_turns(session: Session, site: Site, coming: Sequence[Coming]) -> list[Turn]:
    """The turns of attempts that are about to wait, each of another student, and workers are woken for them. Of a class
    that hands in one lab they are one question."""
    starts = {}
    for kind, count in sorted(Counter(each.kind for each in coming).items()):
        starts[kind] = turn = _first_turn(session, *kind)
        site.wakeups.ring(session, priority=turn.priority, seconds=turn.seconds, times=count)
    return [replace(starts[each.kind], start=max(starts[each.kind].start, each.own_end)) for each in coming]


def _first_turn(session: Session, course_id: int, opening_id: int, revision_id: int, priority: Priority) -> Turn:
    """Of a student who has nothing there. A course of which nothing waited catches up."""
    asked = {"course": course_id, "class": int(priority), "revision": revision_id, "opening": opening_id}
    found = session.connection().execute(_QUESTION, asked).one()
    if found.virtual is not None and found.virtual > found.own_virtual:
        _catch_up(session, course_id, found.virtual)
    return Turn(priority=int(priority), start=found.start, seconds=max(LEAST_SECONDS, found.seconds))


def _own_end(session: Session, attempt: Attempt, priority: Priority) -> float:
    of = {
        "course": attempt.course_id,
        "class": int(priority),
        "person": attempt.person_id,
        "but": attempt.id,
    }
    return session.scalar(_OWN_END, of) or 0.0


def _question() -> Select[*tuple[Any, ...]]:
    """All in one, since receiving must not wait. `start`: before it nothing of the class waits; `virtual`: the least
    share that the course must have had by now; None if it waits already."""
    here = Attempt.course_id == bindparam("course")
    in_class = here & (Attempt.priority == bindparam("class"))
    waits = exists(select(literal_column("1")).select_from(Attempt).where(here, WAITING))
    others = func.coalesce(least_virtual_waiting(), greatest_virtual())
    return select(
        expected(bindparam("revision"), bindparam("opening")).label("seconds"),
        func.coalesce(
            _one(func.min(Attempt.start), in_class & WAITING),
            _one(func.max(Attempt.start), in_class & RUNNING),
            0.0,
        ).label("start"),
        Course.virtual.label("own_virtual"),
        case((waits, None), else_=others).label("virtual"),
    ).where(Course.id == bindparam("course"))


def _one(what: ColumnElement[float | None], where: ColumnElement[bool]) -> ScalarSelect[float | None]:
    return select(what).where(where).scalar_subquery()


# put together once: that takes longer than to ask it
_QUESTION: Final = _question()
_OWN_END: Final = select(func.max(Attempt.start + Attempt.seconds)).where(
    Attempt.course_id == bindparam("course"),
    Attempt.priority == bindparam("class"),
    Attempt.person_id == bindparam("person"),
    Attempt.id != bindparam("but"),
    WAITING | RUNNING,
)


def _catch_up(session: Session, course_id: int, virtual: float) -> None:
    """A course of which nothing waited does not get later what it did not use."""
    behind = (Course.id == course_id, Course.virtual < virtual)
    session.execute(update(Course).where(*behind).values(virtual=virtual))
