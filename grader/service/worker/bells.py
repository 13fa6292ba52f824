"""What wakes idle slots: on PostgreSQL the tickets of Procrastinate, on SQLite a look at whether the file has changed.

A bell that is deaf costs time only, since idle slots look for themselves. A database that is away for a while is waited
for; anything else that makes it deaf is told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from typing import Final, Protocol, TypeAlias

from sqlalchemy.exc import DBAPIError

from grader.service.queue.order import Lane
from grader.service.store.database import Database

#: how often a file is asked whether it has changed
GLANCE_SECONDS: Final = 0.02
#: until a database that does not answer is asked again
PAUSE_SECONDS: Final = 1.0

#: have a slot of that lane look, if one is idle; the future is done when it has found nothing more
Nudge: TypeAlias = Callable[[Lane], Future[None] | None]


class Bell(Protocol):
    """What rings while a worker is there."""

    def ringing(self, nudge: Nudge, lanes: dict[Lane, int]) -> AbstractContextManager[None]:
        """Nudge whenever there may be something to do, until this is left. `lanes`: how many slots each has."""


class Glances:
    """SQLite: every commit of others may have brought something."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def ringing(self, nudge: Nudge, lanes: dict[Lane, int]) -> Iterator[None]:
        """See `Bell.ringing`."""
        over = threading.Event()
        thread = threading.Thread(target=self._glance, args=(nudge, lanes, over), name="glances", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _glance(self, nudge: Nudge, lanes: dict[Lane, int], over: threading.Event) -> None:
        while not over.is_set():
            try:
                with self._database.engine.connect() as connection:
                    raw = connection.connection.driver_connection
                    assert raw is not None
                    seen = None
                    while not over.wait(GLANCE_SECONDS):
                        (version,) = raw.execute("PRAGMA data_version").fetchone()
                        if version != seen:
                            seen = version
                            for lane, slots in lanes.items():
                                for _ in range(slots):
                                    nudge(lane)
            except DBAPIError:
                over.wait(PAUSE_SECONDS)
