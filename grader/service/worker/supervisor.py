"""A worker: its slots, and what keeps their claims. It ends when it is told to drain, or when its machine cannot grade.

A kill at any moment loses nothing: what it had comes back to others when its leases end.
"""

from __future__ import annotations

import os
import platform
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import timedelta
from typing import Final, Generic, TypeVar

from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from grader import __version__
from grader.errors import StoreUnavailable
from grader.service.queue.held import LEASE
from grader.service.queue.order import Lane
from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.putting import put
from grader.service.store.tables import WorkerSeen
from grader.service.store.wakeups import tidy
from grader.service.worker.bells import Bell, Glances
from grader.service.worker.hired import Making
from grader.service.worker.shift import Shift
from grader.service.worker.slot import Slot
from grader.service.worker.taken import Taken, renewed, sweep_all

#: how often leases are renewed, a worker says that it is there, and looks for others' that ended
BEAT_SECONDS: Final = LEASE.total_seconds() / 3
#: what runs may take when a worker is told to end
DRAIN_SECONDS: Final = 60.0

JobT = TypeVar("JobT")


class Worker(Generic[JobT]):
    """So many slots on this machine; of two and more, one is the fast lane."""

    def __init__(
        self,
        site: Site,
        *,
        slots: int,
        fetch: Callable[[Taken], JobT],
        making: Making[JobT],
        ahead: Callable[[], JobT | None] = lambda: None,
        sandbox: Callable[[], str | None] = lambda: None,
        beat: float = BEAT_SECONDS,
        lease: timedelta = LEASE,
    ) -> None:
        """`fetch` makes a job of what was taken, and `making` what each slot's process does with it; `ahead`, which may
        raise what `fetch` does, a job that gets ready for what is likely to come. `sandbox`: asks which tier this
        machine gives, which whoever looks at the workers is told until a report names the one it had; slots begin
        meanwhile."""
        host = platform.node() or "unknown"
        self.id = f"{host}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        self._site = site
        self._shift = Shift(self.id, lease=lease, slots=slots)
        lanes = [Lane.ANY] * slots if slots < 2 else [*[Lane.ANY] * (slots - 1), Lane.SHORT]
        self._slots = [Slot(site, self._shift, lane=lane, fetch=fetch, making=making, ahead=ahead) for lane in lanes]
        self._tier = sandbox
        self._beat = beat
        self._over = threading.Event()
        self._seen = {
            "host": host,
            "version": __version__,
            "slots": slots,
            "started_at": site.now(),
        }
        self._bell = _bell(site.database)

    def run(self) -> None:
        """Work until `drain` was called and everything running is done or given back.

        Raises SandboxUnavailable, UsageError and GraderError where this machine cannot grade.
        """
        heart = threading.Thread(target=self._beats, name="heart")
        lanes = {lane: sum(slot.lane is lane for slot in self._slots) for lane in Lane}
        heart.start()
        try:
            with self._bell.ringing(self._nudge, lanes):
                for slot in self._slots:
                    slot.thread.start()
                while not self._shift.wait(BEAT_SECONDS):
                    pass
                for slot in self._slots:
                    slot.wake()
            for slot in self._slots:
                slot.thread.join()
        finally:
            self._shift.drain(0)
            self._over.set()
            heart.join()
        self._sign_off()
        if self._shift.fault is not None:
            raise self._shift.fault

    def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Take nothing more, and give back what is not done in that time. May be called from a signal handler."""
        self._shift.drain(seconds)

    def _nudge(self, lane: Lane) -> Future[None] | None:
        for slot in self._slots:
            if slot.lane is lane and (looking := slot.nudge()) is not None:
                return looking
        return None

    def _beats(self) -> None:
        try:
            self._shift.expect(self._tier())
        except Exception as error:
            self._shift.fail(error)
        while True:
            with suppress(DBAPIError, StoreUnavailable):  # at the next beat, perhaps
                self._say_so()
                self._renew()
                self._look_for_lost()
            if self._over.wait(self._beat):
                return

    def _say_so(self) -> None:
        with self._site.database.begin() as session:
            told = {
                "seen_at": self._site.now(),
                "draining": self._shift.is_draining,
                "sandbox": self._shift.sandbox,
            }
            put(session, WorkerSeen, {"id": self.id}, self._seen | told)

    def _renew(self) -> None:
        held = self._shift.held
        if not held:
            return
        with self._site.database.begin() as session:
            kept = renewed(session, self._site, held, lease=self._shift.lease)
        for each in held:
            if each not in kept:
                self._shift.lose(each)

    def _look_for_lost(self) -> None:
        with self._site.database.begin() as session:
            sweep_all(session, self._site)
            tidy(session)

    def _sign_off(self) -> None:
        with (
            suppress(DBAPIError, StoreUnavailable),
            self._site.database.begin() as session,
        ):  # else it is seen how long ago it was there
            session.execute(delete(WorkerSeen).where(WorkerSeen.id == self.id))


def _bell(database: Database) -> Bell:
    if database.kind == "sqlite":
        return Glances(database)
    from grader.service.worker.tickets import TicketBell  # a tenth of a worker's start, and on SQLite nobody needs it

    return TicketBell(database)
