"""The user that rooms belong to: one of their own for each sandbox, where we are root; and how many threads it has.

The kernel counts threads by user. Rooms of one user share that count with each other, and with the desktop of whoever
grades as a plain user; so a room may have so many more than there are when it is born.
"""

from __future__ import annotations

import contextlib
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from grader.wall.sandbox.launch import SANDBOX_UID

#: users from SANDBOX_UID on that nobody else has
USERS: Final = range(SANDBOX_UID, SANDBOX_UID + 512)


@contextlib.contextmanager
def own_user() -> Iterator[int]:
    """A user that no other sandbox of this machine has meanwhile, if we are root; else ourselves.

    It is taken by the name of a socket, which the kernel gives back whatever becomes of us.
    """
    if os.geteuid() != 0:
        yield os.geteuid()
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as taken:
        yield next((uid for uid in _any_order() if _takes(taken, uid)), SANDBOX_UID)


def _any_order() -> list[int]:
    """Another container has names of its own and may have the same users: at random, they seldom meet."""
    return random.sample(USERS[1:], len(USERS) - 1)


def _takes(taken: socket.socket, uid: int) -> bool:
    try:
        taken.bind(f"\0grader-user-{uid}")
    except OSError:
        return False
    return True


def threads_of(uid: int, *, proc: Path = Path("/proc"), without: int | None = None) -> int:
    """Threads of all processes of that user that can be seen, but for the process `without`."""
    with os.scandir(proc) as entries:
        return sum(_threads(each, uid) for each in entries if each.name.isdigit() and each.name != str(without))


def _threads(process: os.DirEntry[str], uid: int) -> int:
    try:
        if process.stat().st_uid != uid:
            return 0
        return len(os.listdir(f"{process.path}/task"))  # noqa: PTH208  # names are enough, and this is done for each room
    except OSError:  # it has ended
        return 0
