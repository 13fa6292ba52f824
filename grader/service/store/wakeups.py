"""What tells a worker that there may be something to do. It decides nothing: a worker that is woken looks at the
attempts, and finds what is there or nothing; so to be woken twice is harmless, and not to be, late.

On PostgreSQL these are tickets of Procrastinate, deferred in the transaction that stores an attempt.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from grader.service.store.database import Database
from grader.service.store.tables import SHORT_SECONDS

if TYPE_CHECKING:
    from procrastinate import App
    from psycopg import AsyncConnection

TASK: Final = "grade"
#: connections on which a worker hears of tickets, at most
_LINES: Final = 4
#: queues of tickets: for slots that take anything, and for those as well that take what is short
ANY_QUEUE: Final = "any"
SHORT_QUEUE: Final = "short"


class Wakeups(Protocol):
    """How those who store attempts wake those who grade them."""

    def ring(self, session: Session, *, priority: int, seconds: float, times: int = 1) -> None:
        """Wake a worker when the transaction of `session` is committed, and not if it is rolled back, for an attempt
        of that class that is expected to take so long; or as many as there are `times` such attempts."""


class Unheard:
    """Nobody is woken: for workers that look for themselves, and for tests."""

    def ring(self, session: Session, *, priority: int, seconds: float, times: int = 1) -> None:
        """See `Wakeups.ring`."""
        del session, priority, seconds, times


#: where so many lie that nobody has taken yet, all slots are at work, and look for more before they rest
_LYING: Final = 64
_MANY_LIE: Final = text(
    "SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = :queue LIMIT 1 OFFSET :many"
)


class Tickets:
    """A ticket, on the connection of whoever stores the attempt; none where one more would wake nobody."""

    def __init__(self) -> None:
        from procrastinate import App, PsycopgConnector  # a tenth of a start, and on SQLite nobody needs it

        self._app = App(connector=PsycopgConnector())  # never opened: it defers on connections of others alone

    def ring(self, session: Session, *, priority: int, seconds: float, times: int = 1) -> None:
        """See `Wakeups.ring`."""
        queue = SHORT_QUEUE if seconds <= SHORT_SECONDS else ANY_QUEUE
        ours = session.connection()
        if ours.scalar(_MANY_LIE, {"queue": queue, "many": _LYING}) is not None:
            return
        connection: Any = ours.connection.driver_connection
        # there, the highest goes first
        task = self._app.configure_task(TASK, queue=queue, priority=-priority, connection=connection)
        task.batch_defer(*[{} for _ in range(min(times, _LYING))])


def wakeups_of(database: Database) -> Wakeups:
    """What fits a database: where a file is shared, workers see for themselves that it has changed."""
    return Tickets() if database.kind == "postgresql" else Unheard()


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[App]:
    """Procrastinate on that database. Its own connections would ask, before each question, whether the server is there,
    and begin and end a transaction around it: four times as much as the question. Who listens begins anew anyhow where
    a line is cut."""
    from procrastinate import App, PsycopgConnector  # as above
    from psycopg_pool import AsyncConnectionPool

    conninfo = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    pool = AsyncConnectionPool(conninfo, configure=_by_itself, min_size=1, max_size=_LINES, open=False)
    async with pool, App(connector=PsycopgConnector()).open_async(pool) as app:
        yield app


async def _by_itself(line: AsyncConnection[Any]) -> None:
    await line.set_autocommit(True)


def tidy(session: Session) -> None:
    """Take away what workers that are gone had in hand; Procrastinate has forgotten them by then."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS NULL"))
