"""What wakes a worker: a commit does, and by itself, before anybody looks because time has passed."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest
from sqlalchemy import text

from grader.service.queue.order import Lane
from grader.service.store.database import Database
from grader.service.store.wakeups import ANY_QUEUE, SHORT_QUEUE, wakeups_of
from grader.service.worker.tickets import TicketBell


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("seconds", "lane"), [(1.0, Lane.SHORT), (1_000.0, Lane.ANY)])
def test_a_ticket_wakes_a_worker_of_its_lane(database: Database, seconds: float, lane: Lane) -> None:
    """Deferred with the attempt, heard when that is committed."""
    woken = threading.Event()

    def nudge(lane: Lane) -> Future[None]:
        woken.set()
        looked: Future[None] = Future()
        looked.set_result(None)
        return looked

    with TicketBell(database).ringing(nudge, {lane: 1}):
        with database.begin() as session:
            wakeups_of(database).ring(session, priority=0, seconds=seconds)

        assert woken.wait(60)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_bell_that_cannot_hear_says_so_once(database: Database) -> None:
    """A fault of ours, or tables of another version, would otherwise only make everybody wait a little longer."""
    warned = threading.Event()
    said: list[str] = []

    def warn(sentence: str) -> None:
        said.append(sentence)
        warned.set()

    with database.begin() as session:
        session.execute(text("drop table procrastinate_jobs cascade"))
    with TicketBell(database, warn=warn).ringing(lambda _: None, {Lane.ANY: 1}):
        assert warned.wait(60)

    assert len(said) == 1
    assert "grader site upgrade" in said[0]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_where_tickets_lie_that_nobody_takes_one_more_would_wake_nobody(database: Database) -> None:
    """At a deadline all slots are at work, and look for more before they rest. Each lane has tickets of its own."""
    wakeups = wakeups_of(database)
    with database.begin() as session:
        for _ in range(200):
            wakeups.ring(session, priority=0, seconds=1.0)
        wakeups.ring(session, priority=0, seconds=1_000.0)
        asked = text("select queue_name, count(*) from procrastinate_jobs group by queue_name")
        lying = {row[0]: row[1] for row in session.execute(asked)}

    assert lying == {SHORT_QUEUE: 65, ANY_QUEUE: 1}
