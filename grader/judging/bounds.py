"""Bounds on what one computation of the judge may take, where numbers of a student go into code of the course.

Memory is bounded by the kernel, processor time by a timer of this process. What goes beyond the one is an answer of
impossible size; what goes beyond the other is ours to explain, and no verdict on anybody.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from grader.limits import MEGABYTE

#: answers have at most some tens of megabytes
MOST_MEMORY = 1024 * MEGABYTE
#: of processor time; claims and readings of all our labs take milliseconds
MOST_SECONDS = 5.0
_COUNTED = Path("/proc/self/statm")


class OutOfTime(BaseException):
    """Code of the course took too long over one answer. No Exception: whoever asks whether a claim holds takes those
    for an answer of another form, and this is none."""


@contextmanager
def at_most(*, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """What would take more than `MOST_MEMORY` bytes beyond what this process holds raises MemoryError within, and what
    takes more than `seconds` of processor time raises OutOfTime."""
    with _at_most_memory(MOST_MEMORY), _at_most_seconds(seconds):
        yield


@contextmanager
def _at_most_seconds(seconds: float) -> Iterator[None]:
    """Only a main thread hears signals; elsewhere there is no bound. A bound within a bound is the outer one."""
    main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not main or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(*_: object) -> NoReturn:
    raise OutOfTime


@contextmanager
def _at_most_memory(extra: int) -> Iterator[None]:
    """Shapes of a student's choosing can ask for any amount: a column of 400,000 numbers less a row of 1,000 takes
    3 GB. Only Linux counts; elsewhere there is no bound.
    """
    if not _COUNTED.exists():
        yield
        return
    import resource  # not on every system

    held = int(_COUNTED.read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = held + extra
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))
