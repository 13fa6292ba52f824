"""A sandbox that lets us look at each room of another just before and just after it leaves."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from grader.limits import RoomLimits
from grader.protocol import Answer, Ended, Job, Leave, Opened, Question
from grader.room.records import Exit
from grader.sandbox import Lend, Room, Sandbox
from grader.sandbox.live_room import LiveRoom

Look = Callable[[LiveRoom], None]
BURIAL_SECONDS = 30.0


def nothing(room: LiveRoom) -> None:
    """The look that sees nothing."""
    del room


class Watching:
    """Passes everything on to `sandbox`, and looks at its rooms."""

    def __init__(self, sandbox: Sandbox, *, before: Look = nothing, after: Look = nothing) -> None:
        self.name = sandbox.name
        self.warning = sandbox.warning
        self._sandbox = sandbox
        self._before = before
        self._after = after

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`."""
        with self._sandbox.room(limits) as room:
            assert isinstance(room, LiveRoom)
            yield _WatchedRoom(room, self._before, self._after)


class _WatchedRoom:
    def __init__(self, room: LiveRoom, before: Look, after: Look) -> None:
        self._room = room
        self._before = before
        self._after = after

    @property
    def printed(self) -> str:
        return self._room.printed

    @property
    def seconds(self) -> float:
        return self._room.seconds

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        return self._room.open(job, lend)

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        return self._room.ask(questions)

    def leave(self) -> Leave | Ended:
        self._before(self._room)
        last = self._room.leave()
        self._after(self._room)
        return last


def buried(room: LiveRoom) -> Exit:
    """How the room's process ended; waits for it, once the room has been asked to leave."""
    if room.exit is not None:
        return room.exit
    room.channel.status.settimeout(BURIAL_SECONDS)
    return Exit.from_bytes(room.channel.status.recv(Exit.SIZE))
