"""The keeper: a small process that keeps one zygote warm for its user, and lends out its control socket.

`python -m grader.sandbox.keeper LISTENER STORY`. It serves its own uid only, on a socket that only this uid can open,
and ends itself and the zygote when nobody has borrowed it for a while. It never sees a notebook.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import struct
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.sandbox.housing import HOUSINGS
from grader.sandbox.zygote_process import ZygoteProcess

BORROW, STOP, TELL = b"b", b"s", b"t"
_PEER = struct.Struct("3i")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a keeper is told: which zygote to keep, where to listen, and how long to wait for a borrower."""

    runtime: str
    sandbox: str
    path: str
    idle_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a keeper tells of itself."""

    pid: int
    runtime: str
    sandbox: str
    borrowers: int
    seconds_left: float


class Keeper:
    """The serving loop of one keeper."""

    def __init__(self, story: Story, listener: socket.socket, zygote: ZygoteProcess) -> None:
        self.story = story
        self.zygote = zygote
        self.listener = listener
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ)
        self.borrowers: set[socket.socket] = set()
        self.dismissed_by: socket.socket | None = None
        self.deadline = time.monotonic() + story.idle_seconds

    def serve(self) -> None:
        """Serve until told to stop, idle for too long, or left without a zygote."""
        self.zygote.control.wait_until_ready()
        while self.borrowers or time.monotonic() < self.deadline:
            wait = None if self.borrowers else max(0.0, self.deadline - time.monotonic())
            for key, _ in self.selector.select(wait):
                if key.fileobj is self.listener:
                    if not self._admit(self.listener.accept()[0]):
                        return
                elif isinstance(key.fileobj, socket.socket):
                    self._return(key.fileobj)

    def _admit(self, connection: socket.socket) -> bool:
        connection.settimeout(5)
        with contextlib.suppress(OSError):
            if _peer_uid(connection) == os.getuid():
                request = connection.recv(1)
                if request == BORROW:
                    socket.send_fds(connection, [b"ok"], [self.zygote.control.socket.fileno()])
                    self.borrowers.add(connection)
                    self.selector.register(connection, selectors.EVENT_READ)
                    return True
                if request == TELL:
                    connection.send(json.dumps(asdict(self._state())).encode())
                if request == STOP:
                    self.dismissed_by = connection  # hung up on only when everything is gone
                    return False
        connection.close()
        return True

    def _return(self, borrower: socket.socket) -> None:
        self.selector.unregister(borrower)
        self.borrowers.discard(borrower)
        borrower.close()
        self.deadline = time.monotonic() + self.story.idle_seconds

    def _state(self) -> State:
        return State(
            pid=os.getpid(),
            runtime=self.story.runtime,
            sandbox=self.story.sandbox,
            borrowers=len(self.borrowers),
            seconds_left=round(max(0.0, self.deadline - time.monotonic()), 1),
        )


def _peer_uid(connection: socket.socket) -> int:
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return int(_PEER.unpack(peer)[1])


def main() -> None:
    """The life of a keeper: serve on the listening socket it was handed, then leave nothing behind."""
    os.chdir("/")
    story = Story(**json.loads(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        zygote = ZygoteProcess(story.runtime, HOUSINGS[story.sandbox]())
        keeper = Keeper(story, listener, zygote)
        try:
            keeper.serve()
        finally:
            Path(story.path).unlink(missing_ok=True)
            zygote.close()


if __name__ == "__main__":
    main()
