"""How a freshly forked child becomes a room: descriptors, limits, and as many locks as its sandbox has.

`Confine` is the seam between the zygote and the sandboxes; `Process` is the one without locks. It is no security
boundary: it keeps honest code from hanging or filling the machine, nothing more.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import signal
from typing import Protocol

from grader.room.records import Bounds

#: where a room finds its status socket while it gets ready; closed before student code runs
STATUS = 5
FIRST_FREE = 6  # 0 nothing, 1 and 2 prints, 3 questions, 4 answers; everything from here on is closed


class Confine(Protocol):
    """What a sandbox does around the birth and death of a room. Lives in the zygote and its children."""

    def fork(self) -> int:
        """Fork; returns 0 in the child."""

    def lock(self, bounds: Bounds, workplace: int) -> None:
        """In the child: go to `workplace` (a directory descriptor) or a better place, and lock in. Raises OSError."""

    def kill(self, pid: int, pidfd: int) -> None:
        """End the room and everything it started."""

    def clear_up(self, pid: int) -> None:
        """When the room's process has ended and is not yet reaped: end what it may have left."""


class Process:
    """Own session, own folder, resource limits. Nothing else."""

    def fork(self) -> int:
        return os.fork()

    def lock(self, bounds: Bounds, workplace: int) -> None:
        os.setsid()
        os.fchdir(workplace)
        set_limits(bounds)
        os.closerange(FIRST_FREE, 65536)

    def kill(self, pid: int, pidfd: int) -> None:
        del pidfd
        self.clear_up(pid)

    def clear_up(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def descriptors_in_place(descriptors: list[int]) -> int:
    """Put questions, answers, status and prints at 3, 4, 5 and 1+2, nothing at 0; returns the work folder."""
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 64) for descriptor in descriptors]
    questions, answers, prints, status, workplace = high
    nothing = os.open(os.devnull, os.O_RDWR)
    for source, place in ((nothing, 0), (prints, 1), (nothing, 2), (questions, 3), (answers, 4), (status, STATUS)):
        os.dup2(source, place)
    return workplace


def set_limits(bounds: Bounds) -> None:
    """Soft equal to hard everywhere: a process that is pid 1 of its namespace never sees the soft CPU signal."""
    for which, most in (
        (resource.RLIMIT_CPU, bounds.cpu_seconds),
        (resource.RLIMIT_AS, bounds.address_space),
        (resource.RLIMIT_DATA, bounds.data),
        (resource.RLIMIT_FSIZE, bounds.file_size),
        (resource.RLIMIT_NOFILE, bounds.open_files),
        (resource.RLIMIT_NPROC, bounds.processes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
