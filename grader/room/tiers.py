"""The two locked ways to become a room, as the zygote knows them: with namespaces, and in place without them.

Each takes its options as plain data from the supervisor; the steps themselves are in `lock.py`.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grader.room.lock import (
    Locks,
    Root,
    fork_into_new_pid_namespace,
    live_in_own_pid_namespace,
    lock_in_namespaces,
    lock_in_place,
)
from grader.room.records import Bounds


class Namespaces:
    """Tier 1: a room with namespaces of its own, inside the zygote's box. Killing its process 1 ends all of it."""

    def __init__(self, *, locks: Mapping[str, Any], root: Mapping[str, Any]) -> None:
        self.locks = _locks(locks)
        self.root = Root(**root)
        live_in_own_pid_namespace()

    def fork(self) -> int:
        return fork_into_new_pid_namespace()

    def lock(self, bounds: Bounds, workplace: int) -> None:
        del workplace  # the room's own tmpfs is its work folder
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

    def lock(self, bounds: Bounds, workplace: int) -> None:
        lock_in_place(self.locks, bounds, workplace=workplace, parent=self.zygote)

    def kill(self, pid: int, pidfd: int) -> None:
        del pid
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)

    def clear_up(self, pid: int) -> None:
        """Nothing can be left: the room could start no process."""


def _locks(options: Mapping[str, Any]) -> Locks:
    return Locks(
        readable=tuple(options["readable"]),
        filter=bytes.fromhex(options["filter"]),
        least_landlock=options["least_landlock"],
    )
