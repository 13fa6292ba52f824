"""A room's own time: what it computed and what it slept. What a busy machine or a busy judge made of it does not count.

We wait for a room while it works or sleeps. Of that time the kernel tells how long a thread was ready to run and had no
processor: the room's threads, and ours. What cannot be read proves nothing, so it is no excuse either.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

#: threads of a room that are looked at; it may have more, but not make us read for long
MOST_THREADS = 1_000
#: the kind of clock that counts processor time, in the number that Linux has for the clock of a process
_CPU_CLOCK = 2
#: how often the queue is looked at: a thread that has ended takes its figure with it
QUEUE_SECONDS = 0.5


def seconds_in_the_queue(process: int, *, proc: Path = Path("/proc")) -> float:
    """Seconds that one thread of `process` was ready to run and had no processor; 0 where nobody tells.

    It is the one that waited longest. A sum would grow with the threads: hundreds that wake together stand in each
    other's way for seconds and use next to nothing. One alone waits no longer than the others compute: that is bounded.
    """
    with contextlib.suppress(OSError), os.scandir(proc / str(process) / "task") as tasks:
        return max((_seconds_of_a_thread(each.path) for each in islice(tasks, MOST_THREADS)), default=0.0)
    return 0.0


def seconds_computed(process: int | None) -> float | None:
    """Seconds of processor time that all threads of `process` have used so far; None where nobody tells."""
    if process is None or sys.platform != "linux":
        return None
    try:
        return time.clock_gettime((~process << 3) | _CPU_CLOCK)
    except OSError:
        return None


def our_seconds_in_the_queue() -> float:
    """The same of the thread that asks: the judge is kept waiting by the machine as well."""
    return _seconds_of_a_thread("/proc/thread-self")


def _seconds_of_a_thread(task: str) -> float:
    try:
        with open(f"{task}/schedstat", "rb", buffering=0) as file:  # noqa: PTH123  # twice for each loan
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):  # it has ended since it was listed, or this system does not count
        return 0.0


class OwnTime:
    """A stopwatch that runs only while we wait for one room."""

    def __init__(
        self,
        queued: Callable[[int], float] = seconds_in_the_queue,
        ours: Callable[[], float] = our_seconds_in_the_queue,
    ) -> None:
        self._queued = queued
        self._ours = ours
        self._room: int | None = None
        self._waited = self._stood = 0.0
        self._looked = 0.0
        self._before = ours()

    def start(self, process: int | None) -> None:
        """From here on it is the room's time; what it took to make the room was ours."""
        self._room = process
        self._waited = self._looked = 0.0
        self._before = self._ours()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While we do nothing but wait for the room."""
        started = time.monotonic()
        try:
            yield
        finally:
            self._waited += time.monotonic() - started
            if self._waited - self._looked >= QUEUE_SECONDS:
                self.look()

    @property
    def waited(self) -> float:
        """Seconds that we have waited, whoever is to blame."""
        return self._waited

    @property
    def seconds(self) -> float:
        """Seconds of those that are the room's own, as far as was known at the last look."""
        return max(0.0, self._waited - self._stood)

    def look(self) -> float:
        """Look again at what the machine is to blame for; returns `seconds`."""
        self._looked = self._waited
        if self._room is not None:
            stood = self._queued(self._room) + self._ours() - self._before
            self._stood = max(self._stood, stood)
        return self.seconds
