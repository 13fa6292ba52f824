"""Who comes before whom among the attempts that wait, as parts of statements. Claiming is `claims.py`.

The lowest class first; then the course that had the least of the workers; within a course the lowest `start`, which is
start-time fair queueing among its students; then the lowest number, so that nobody's first attempt waits for another's
second; then who came first. Conditions on `state` are written out, not bound: the indexes hold these rows alone, which
a database can only see from the text.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from sqlalchemy import ColumnElement, exists, func, literal_column, select
from sqlalchemy.orm import aliased

from grader.service.store.tables import SHORT_SECONDS, Attempt, Course, Source


class Priority(IntEnum):
    """A class of attempts; a lower one goes first, always."""

    INTERACTIVE = 0
    CI = 1
    REGRADE = 2


class Lane(IntEnum):
    """What a slot takes: anything, or only what is expected to be done soon."""

    ANY = 0
    SHORT = 1


PRIORITIES: Final = {
    Source.PAGE: Priority.INTERACTIVE,
    Source.API: Priority.INTERACTIVE,
    Source.CI: Priority.CI,
    Source.BATCH: Priority.REGRADE,
}
#: within a course and class
ORDER: Final = (Attempt.start, Attempt.number, Attempt.received_at)

WAITING: Final[ColumnElement[bool]] = Attempt.state == literal_column("'waiting'")
RUNNING: Final[ColumnElement[bool]] = Attempt.state == literal_column("'running'")

_other = aliased(Attempt)
#: no other attempt of the same student for the same opening is being graded
ALONE: Final[ColumnElement[bool]] = ~exists(
    select(literal_column("1"))
    .select_from(_other)
    .where(
        _other.opening_id == Attempt.opening_id,
        _other.person_id == Attempt.person_id,
        _other.state == literal_column("'running'"),
    )
)


def claimable(lane: Lane) -> ColumnElement[bool]:
    """Of an attempt that a slot of that lane may take now."""
    if lane is Lane.ANY:
        return WAITING & ALONE
    return WAITING & (Attempt.seconds <= literal_column(str(SHORT_SECONDS))) & ALONE


def least_virtual_waiting() -> ColumnElement[float | None]:
    """The least share among the courses that wait; None where none does."""
    course = aliased(Course)
    waits = exists(select(literal_column("1")).select_from(Attempt).where(Attempt.course_id == course.id, WAITING))
    return select(func.min(course.virtual)).where(waits).scalar_subquery()


def greatest_virtual() -> ColumnElement[float | None]:
    """The greatest share that any course has had."""
    return select(func.max(aliased(Course).virtual)).scalar_subquery()
