"""Warm zygotes: borrowing one that a keeper holds, starting a keeper, listing and stopping them.

A keeper's socket lies in a folder that only its user may enter; its name is a digest of what the zygote is,
down to the bytes of the room's files, so that an upgrade never meets an old zygote.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import stat
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from grader.errors import SandboxError
from grader.room.records import Bounds
from grader.sandbox.control import START_SECONDS, Control, RoomChannel, Zygote
from grader.sandbox.housing import HOUSINGS, Housing
from grader.sandbox.keeper import BORROW, STOP, TELL, State, Story
from grader.sandbox.zygote_process import ENVIRONMENT, PACKAGES, ROOM_FILES, ZygoteProcess, library_folders


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """Where this user's keepers listen, and for how long a new one should wait (None: start none)."""

    folder: Path
    keep_seconds: float | None = None

    def zygote(self, name: str, housing: Housing, runtime: str) -> Zygote:
        """A borrowed zygote if there is one or one is to be kept; else one of our own."""
        path = self._path(name, runtime)
        borrowed = _borrow(path) if _is_private(self.folder) else None
        if borrowed is not None:
            return borrowed
        if self.keep_seconds is None:
            return ZygoteProcess(runtime, housing)
        self._start_keeper(path, Story(runtime=runtime, sandbox=name, path=str(path), idle_seconds=self.keep_seconds))
        borrowed = _borrow(path)
        if borrowed is None:
            raise SandboxError("The process that keeps libraries warm did not start. Grade without --keep-warm.")
        return borrowed

    def is_kept(self, name: str, runtime: str) -> bool:
        """Whether there seems to be a keeper for such a zygote; it may have ended all the same."""
        return _is_private(self.folder) and self._path(name, runtime).exists()

    def keepers(self) -> Iterator[State]:
        """The keepers that answer."""
        for path in sorted(self.folder.glob("*.sock")) if _is_private(self.folder) else ():
            with contextlib.suppress(OSError), _connected(path, TELL) as connection:
                yield State(**json.loads(connection.recv(4_096)))

    def stop(self) -> int:
        """Tell every keeper to end; returns how many were told."""
        told = 0
        for path in sorted(self.folder.glob("*.sock")) if _is_private(self.folder) else ():
            with contextlib.suppress(OSError), _connected(path, STOP) as connection:
                connection.recv(1)  # it hangs up when it goes
                told += 1
        return told

    def _path(self, name: str, runtime: str) -> Path:
        return self.folder / f"{_fingerprint(name, runtime)}.sock"  # short: a socket's path may have 107 characters

    def _start_keeper(self, path: Path, story: Story) -> None:
        """Listen in the keeper's place before it runs, so that nobody has to wait for it to begin."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(self.folder):
            raise SandboxError(f"{self.folder} is not a folder of your own alone. Remove it, or drop --keep-warm.")
        path.unlink(missing_ok=True)  # left behind by a keeper that was killed
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            try:
                listener.bind(str(path))
            except OSError as error:
                raise SandboxError(f"No socket can be made at {path} ({error}). Drop --keep-warm.") from None
            path.chmod(0o600)
            listener.listen()
            listener.set_inheritable(True)
            _spawn(
                [sys.executable, "-P", "-m", "grader.sandbox.keeper", str(listener.fileno()), json.dumps(asdict(story))]
            )


def _spawn(command: list[str]) -> None:
    """Start a process that outlives us, with the listener and nothing else of ours."""
    nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    environment = {"PATH": ENVIRONMENT["PATH"]}
    os.posix_spawn(command[0], command, environment, file_actions=nothing, setsid=True)


class Borrowed:
    """A keeper's zygote. Giving it back is closing the connection."""

    def __init__(self, connection: socket.socket, control: socket.socket) -> None:
        self._connection = connection
        self._control = Control(control, ready=True)

    def is_ready(self) -> bool:
        """Always: a keeper lends only a zygote that is."""
        return True

    def fork(self, bounds: Bounds, workplace: int) -> RoomChannel:
        """See `Control.fork`."""
        return self._control.fork(bounds, workplace)

    def close(self) -> None:
        """Give it back; the keeper begins to count its idle time."""
        self._control.socket.close()
        self._connection.close()


def _borrow(path: Path) -> Borrowed | None:
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        connection = stack.enter_context(_connected(path, BORROW))
        _, descriptors, _, _ = socket.recv_fds(connection, 2, 1)
        if descriptors:
            stack.pop_all()
            return Borrowed(connection, socket.socket(fileno=descriptors[0]))
    return None


def _connected(path: Path, request: bytes) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(START_SECONDS)
        connection.connect(str(path))
        connection.send(request)
    except OSError:
        connection.close()
        raise
    return connection


def _is_private(folder: Path) -> bool:
    """Ours, a real folder, and closed to everybody else: nobody can have planted a socket there."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _versions() -> list[str]:
    return sorted(f"{found.name} {found.version}" for found in distributions() if found.name in PACKAGES)


@cache
def _fingerprint(name: str, runtime: str) -> str:
    """What a zygote is: how it is housed and locked, its libraries and their versions, the room's files."""
    home = Path(__file__).parent.parent
    housing = HOUSINGS[name]()
    start = [housing.confine, housing.options([]), housing.launch([], [], ENVIRONMENT)]
    made_of = [name, runtime, start, sys.executable, sys.version, library_folders(), _versions(), ENVIRONMENT]
    digest = hashlib.sha256(json.dumps(made_of).encode())
    for path in sorted(path for name in ROOM_FILES for path in (home / name, *(home / name).glob("*.py"))):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:16]
