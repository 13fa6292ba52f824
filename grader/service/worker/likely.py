"""What will probably be graded next: an attempt that waits, else the assignment that was opened last. It is only a
guess, on which nothing but time depends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, exists, select

from grader.policy.state import State
from grader.service.queue.order import WAITING
from grader.service.store.batch_tables import BatchFile
from grader.service.store.tables import Attempt, Course, Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An assignment, by the revision that it will be graded by."""

    revision_id: int
    assignment: str


_WAITING: Final = (
    select(Attempt.revision_id, Opening.assignment)
    .join(Opening, Opening.id == Attempt.opening_id)
    .where(WAITING)
    .limit(1)
)
_NEWEST: Final = (
    select(Course.revision_id, Opening.assignment)
    .join(Course, Course.id == Opening.course_id)
    .where(
        Course.revision_id.is_not(None),
        Course.archived_at.is_(None),
        ~exists().where(BatchFile.state == State.WAITING),
    )
    .order_by(Opening.created_at.desc(), Opening.id.desc())
    .limit(1)
)


def likely(connection: Connection) -> Guess | None:
    """The guess; None where nothing is open, or a class is to be graded, which brings its own course."""
    found = connection.execute(_WAITING).one_or_none() or connection.execute(_NEWEST).one_or_none()
    return None if found is None else Guess(revision_id=found.revision_id, assignment=found.assignment)
