"""What the slots of one worker share: what is held, whether anything is still taken, who is idle.

Everything here may be called from any thread. What is done with it is `slot.py`; how the threads are run,
`supervisor.py`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, repeat

from sqlalchemy.exc import DBAPIError

from grader.errors import StoreUnavailable
from grader.service.worker.taken import Taken

#: until a database that does not answer is asked again; the last one for ever
PAUSES = (0.1, 0.5, 2.0, 5.0)
#: between two looks at whether the shift ends, of whoever waits for others to have loaded
TURN_SECONDS = 0.5


class Shift:
    """The state of a worker between its beginning and its end."""

    def __init__(self, worker: str, *, lease: timedelta, slots: int = 1) -> None:
        """`slots`: how many there are."""
        self.worker = worker
        #: the tier that rooms are in
        self.sandbox: str | None = None
        self.lease = lease
        self._lock = threading.Lock()
        self._held: set[Taken] = set()
        self._lost: set[Taken] = set()
        self._draining = threading.Event()
        # half of the slots at a time: two at once on two cores would both be ready late, where one that is ready
        # serves everybody meanwhile
        self._loading = threading.BoundedSemaphore(max(1, slots // 2))
        self._deadline = float("inf")
        self.fault: Exception | None = None

    def expect(self, sandbox: str | None) -> None:
        """The tier that this machine gives, as far as is known; what a report says of it is believed instead."""
        with self._lock:
            self.sandbox = self.sandbox or sandbox

    def hold(self, taken: Taken) -> None:
        """Its lease is to be renewed."""
        with self._lock:
            self._held.add(taken)

    def let_go(self, taken: Taken) -> None:
        """Its lease is nobody's business here any more."""
        with self._lock:
            self._held.discard(taken)
            self._lost.discard(taken)

    @property
    def held(self) -> Sequence[Taken]:
        """What slots are working on."""
        with self._lock:
            return tuple(self._held)

    def lose(self, taken: Taken) -> None:
        """Somebody else has it now."""
        with self._lock:
            if taken in self._held:
                self._lost.add(taken)

    def is_lost(self, taken: Taken) -> bool:
        """Whether it is to be stopped: somebody else has it."""
        with self._lock:
            return taken in self._lost

    @contextmanager
    def loading(self, patience: float) -> Iterator[bool]:
        """A slot loads libraries meanwhile, after it has waited for others that do for so many seconds at most. Whether
        it is its turn."""
        until = time.monotonic() + patience
        mine = self._loading.acquire(blocking=False)
        while not mine and not self.is_draining and time.monotonic() < until:
            mine = self._loading.acquire(timeout=TURN_SECONDS)
        try:
            yield mine
        finally:
            if mine:
                self._loading.release()

    def drain(self, seconds: float) -> None:
        """Nothing more is taken; what runs may take so many seconds more, or less if that was said before."""
        with self._lock:
            self._deadline = min(self._deadline, time.monotonic() + seconds)
        self._draining.set()

    def fail(self, error: Exception) -> None:
        """This machine cannot grade: everything running is given back at once, and the worker ends with `error`."""
        self.fault = self.fault or error
        self.drain(0)

    @property
    def is_draining(self) -> bool:
        """Whether nothing more is taken."""
        return self._draining.is_set()

    @property
    def is_over(self) -> bool:
        """Whether what runs is to be given back now."""
        return self.is_draining and time.monotonic() >= self._deadline

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until nothing more is taken; whether that is so."""
        return self._draining.wait(seconds)

    def persistently(self, do: Callable[[], None]) -> bool:
        """Do that in the database, again and again while that does not answer; False if it is over before."""
        pauses = chain(PAUSES, repeat(PAUSES[-1]))
        while True:
            try:
                do()
            except (DBAPIError, StoreUnavailable):
                if self.is_over:
                    return False
                time.sleep(next(pauses))
            else:
                return True
