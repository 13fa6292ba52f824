"""Attempts in the queue, as tests want them: told apart by name, and followed until something is so."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.queue.enqueueing import enqueue
from grader.service.store.tables import Attempt, Source
from tests.service.classroom import Classroom, handed_in

_BLOCKED = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
#: a transaction sees the activity of its first look for ever, unless it lets go of that
_LOOK_AGAIN = text("SELECT pg_stat_clear_snapshot()")
#: until a test gives up; on a busy machine a process takes its time to start
PATIENCE = 240.0


def queued(
    room: Classroom, name: str, number: int = 1, *, source: Source = Source.PAGE, filename: str = "digits.ipynb"
) -> uuid.UUID:
    """An attempt of that person that waits for its turn."""
    attempt_id = handed_in(room, name, number=number, state=State.SUPERSEDED)
    with room.site.database.begin() as session:
        attempt = session.get(Attempt, attempt_id)
        assert attempt is not None
        attempt.source, attempt.filename = source, filename
        enqueue(session, room.site, attempt, now=room.site.now())
    return attempt_id


def row(room: Classroom, attempt_id: uuid.UUID) -> Attempt:
    """The attempt as it stands."""
    with room.site.database.read() as session:
        attempt = session.get(Attempt, attempt_id)
        assert attempt is not None
        return attempt


def until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Wait for other processes to make it so."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def until_blocked(session: Session) -> None:
    """Wait until another transaction of that PostgreSQL database waits for this one."""

    def blocked() -> bool:
        session.execute(_LOOK_AGAIN)
        return bool(session.scalar(_BLOCKED))

    until(blocked)
