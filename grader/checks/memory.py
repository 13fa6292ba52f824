"""A bound on what one computation of the judge may allocate, where numbers of a student go into code of the course."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.limits import MEGABYTE

#: answers have at most some tens of megabytes
MOST_MEMORY = 1024 * MEGABYTE
_COUNTED = Path("/proc/self/statm")


@contextmanager
def at_most(extra: int = MOST_MEMORY) -> Iterator[None]:
    """Whatever would take more than `extra` bytes beyond what this process holds raises MemoryError within.

    Shapes of a student's choosing can ask for any amount: a column of 400,000 numbers less a row of 1,000 takes 3 GB.
    Only Linux counts; elsewhere there is no bound.
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
