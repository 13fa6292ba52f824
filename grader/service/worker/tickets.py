"""What wakes idle slots on PostgreSQL: the tickets of Procrastinate. What a bell promises stands in `bells.py`.

A database that is away for a while is waited for; anything else that makes the bell deaf is told.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeGuard

import procrastinate
from procrastinate.exceptions import ProcrastinateException
from psycopg import InterfaceError, OperationalError

from grader.messages import terminal
from grader.service.queue.order import Lane
from grader.service.store.database import Database
from grader.service.store.wakeups import ANY_QUEUE, SHORT_QUEUE, TASK, listening
from grader.service.worker.bells import PAUSE_SECONDS, Nudge

#: which tickets a slot of each lane is woken by
QUEUES: Final = {Lane.ANY: (ANY_QUEUE, SHORT_QUEUE), Lane.SHORT: (SHORT_QUEUE,)}
#: a database that restarts, or a network that is cut
_AWAY: Final = (OperationalError, InterfaceError, OSError)


class TicketBell:
    """PostgreSQL: Procrastinate's worker hands out as many tickets as slots are idle; the others stay for others."""

    def __init__(self, database: Database, *, warn: Callable[[str], None] = terminal.warn) -> None:
        """`warn` is told why tickets are not heard, if it is not that the database is away."""
        self._database = database
        self._warn = warn
        self._told: set[str] = set()

    @contextmanager
    def ringing(self, nudge: Nudge, lanes: dict[Lane, int]) -> Iterator[None]:
        """See `Bell.ringing`."""
        over = threading.Event()
        loop = asyncio.new_event_loop()
        stopping = asyncio.Event()
        thread = threading.Thread(
            target=lambda: loop.run_until_complete(self._listen(nudge, lanes, over, stopping)), name="tickets"
        )
        thread.start()
        try:
            yield
        finally:
            over.set()
            loop.call_soon_threadsafe(stopping.set)
            thread.join()
            loop.close()

    async def _listen(
        self, nudge: Nudge, lanes: dict[Lane, int], over: threading.Event, stopping: asyncio.Event
    ) -> None:
        while not over.is_set():
            try:
                async with listening(self._database) as app:
                    workers = [
                        asyncio.create_task(_handed_out(app, nudge, lane, slots))
                        for lane, slots in lanes.items()
                        if slots
                    ]
                    stopped = asyncio.create_task(stopping.wait())
                    await asyncio.wait([*workers, stopped], return_when=asyncio.FIRST_COMPLETED)
                    for each in (*workers, stopped):
                        each.cancel()
                    ended = await asyncio.gather(*workers, return_exceptions=True)
                    for fault in filter(_is_fault, ended):
                        raise fault
            except _AWAY:
                pass
            except ProcrastinateException as error:
                if not isinstance(error.__cause__, _AWAY):
                    self._tell(error.__cause__ or error)
            except Exception as error:
                self._tell(error)
            if not over.is_set():
                await asyncio.sleep(PAUSE_SECONDS)

    def _tell(self, error: BaseException) -> None:
        kind = type(error).__name__
        if kind not in self._told:  # once, not at every try
            self._told.add(kind)
            self._warn(
                f"Tickets are not heard ({kind}): what is handed in is graded some seconds later than it could be. "
                "If the tables are of another version, run `grader site upgrade` and start the workers again."
            )


def _is_fault(ended: object) -> TypeGuard[Exception]:
    return isinstance(ended, Exception)


async def _handed_out(app: procrastinate.App, nudge: Nudge, lane: Lane, slots: int) -> None:
    """Tickets of one lane, at most `slots` at a time."""
    own = procrastinate.App(connector=app.connector)

    @own.task(name=TASK)
    async def grade() -> None:
        looking = nudge(lane)
        if looking is not None:
            await asyncio.wrap_future(looking)

    await own.run_worker_async(
        queues=list(QUEUES[lane]),  # a tuple would be sent as a row
        concurrency=slots,
        name=lane.name,
        install_signal_handlers=False,
        delete_jobs="always",
    )
