"""How a freshly forked child becomes a room: descriptors, limits, and as many locks as its sandbox has.

`Confine` is the seam between the zygote and the sandboxes; `Process` is the one without locks. It is no security
boundary: it keeps honest code from hanging or filling the machine, nothing more.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from grader.wall.room.lock import (
    FIRST_FREE,
    Locks,
    Root,
    fork_into_new_pid_namespace,
    live_in_own_pid_namespace,
    lock_in_namespaces,
    lock_in_place,
    set_limits,
)
from grader.wall.room.records import Bounds

#: where a room finds its status socket while it gets ready; closed before student code runs
STATUS = 5


class Confine(Protocol):
    """What a sandbox does around the birth and death of a room. Lives in the zygote and its children."""

    def fork(self) -> int:
        """Fork; returns 0 in the child."""

    def lock(self, bounds: Bounds, work_folder: int) -> None:
        """In the child: go to `work_folder` (a directory descriptor) or a better place, and lock in. Raises OSError."""

    def kill(self, pid: int, pidfd: int) -> None:
        """End the room and everything it started."""

    def clear_up(self, pid: int) -> None:
        """When the room's process has ended and is not yet reaped: end what it may have left."""


class Process:
    """Own folder, resource limits. Nothing else."""

    def fork(self) -> int:
        return os.fork()

    def lock(self, bounds: Bounds, work_folder: int) -> None:
        os.fchdir(work_folder)
        set_limits(bounds)
        os.closerange(FIRST_FREE, 65536)

    def kill(self, pid: int, pidfd: int) -> None:
        del pidfd
        self.clear_up(pid)

    def clear_up(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


class Namespaces:
    """Tier 1: a room with namespaces of its own, inside the zygote's box. Killing its process 1 ends all of it."""

    def __init__(self, *, locks: Mapping[str, Any], root: Mapping[str, Any]) -> None:
        self.locks = _locks(locks)
        self.root = Root(**root)
        live_in_own_pid_namespace()

    def fork(self) -> int:
        return fork_into_new_pid_namespace()

    def lock(self, bounds: Bounds, work_folder: int) -> None:
        del work_folder  # the room's own tmpfs is its work folder
        lock_in_namespaces(self.locks, replace(self.root, work_bytes=bounds.file_size), bounds)

    def kill(self, pid: int, pidfd: int) -> None:
        del pid
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)

    def clear_up(self, pid: int) -> None:
        """Nothing can be left: the kernel ended the namespace with its process 1."""


class InPlace:
    """Tier 2: no namespaces. The filter forbids new processes, so the room is one process and killing it is enough."""

    def __init__(self, *, locks: Mapping[str, Any]) -> None:
        self.locks = _locks(locks)
        self.zygote = os.getpid()

    def fork(self) -> int:
        return os.fork()

    def lock(self, bounds: Bounds, work_folder: int) -> None:
        lock_in_place(self.locks, bounds, work_folder=work_folder, parent=self.zygote)

    def kill(self, pid: int, pidfd: int) -> None:
        del pid
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)

    def clear_up(self, pid: int) -> None:
        """Nothing can be left: the room could start no process."""


def descriptors_in_place(descriptors: list[int]) -> int:
    """Put questions, answers, status and prints at 3, 4, 5 and 1+2, nothing at 0; returns the work folder."""
    high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 64) for descriptor in descriptors]
    questions, answers, prints, status, work_folder = high
    nothing = os.open(os.devnull, os.O_RDWR)
    for source, place in ((nothing, 0), (prints, 1), (nothing, 2), (questions, 3), (answers, 4), (status, STATUS)):
        os.dup2(source, place)
    return work_folder


def _locks(options: Mapping[str, Any]) -> Locks:
    return Locks(
        readable=tuple(options["readable"]),
        filter=bytes.fromhex(options["filter"]),
        least_landlock=options["least_landlock"],
    )
