"""A sandbox that lets us look at each room of another just before and just after it leaves."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.protocol import Ended, Leave
from grader.wall.room.records import Exit
from grader.wall.sandbox import Room, Sandbox
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.sandbox.passing import PassingRoom

Look = Callable[[LiveRoom], None]
BURIAL_SECONDS = 30.0


def nothing(room: LiveRoom) -> None:
    """The look that sees nothing."""
    del room


class Watching:
    """Passes everything on to `sandbox`, and looks at its rooms."""

    def __init__(self, sandbox: Sandbox, *, before: Look = nothing, after: Look = nothing) -> None:
        self._sandbox = sandbox
        self._before = before
        self._after = after

    @property
    def name(self) -> str:
        return self._sandbox.name

    @property
    def warning(self) -> Message | None:
        return self._sandbox.warning

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`."""
        with self._sandbox.room(limits) as room:
            assert isinstance(room, LiveRoom)
            watched = _WatchedRoom(room, self._before, self._after)
            yield watched
            if not watched.left:  # one that lends is let go without a word
                watched.leave()


class _WatchedRoom(PassingRoom):
    def __init__(self, room: LiveRoom, before: Look, after: Look) -> None:
        super().__init__(room)
        self._live = room
        self._before = before
        self._after = after
        self.left = False

    def leave(self) -> Leave | Ended:
        self.left = True
        self._before(self._live)
        last = super().leave()
        self._after(self._live)
        return last


def buried(room: LiveRoom) -> Exit:
    """How the room's process ended; waits for it, once the room has been asked to leave."""
    if room.exit is not None:
        return room.exit
    room.channel.status.settimeout(BURIAL_SECONDS)
    return Exit.from_bytes(room.channel.status.recv(Exit.SIZE))
