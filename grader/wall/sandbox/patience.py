"""How long one submission may keep the grader waiting in all: its rooms share one patience, whatever each may take.

A room has limits of its own, but a submission has many: one for each visibility of each exercise, and more. Code that
sleeps through all of them would hold a worker for half an hour. Judging knows nothing of this.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.sandbox import Room, Sandbox

#: what the exercises of a small assignment have in common
LEAST_SECONDS: Final = 60
#: what a room gets when patience is over: an answer that does not wait needs less
LAST_SECONDS: Final = 2


class Patience:
    """The rooms of `sandbox` for one submission, or for its checks of one visibility. While there are `seconds` left,
    each has the limits that it asks for; then a short time. Only a room's own time is counted, computing or sleeping:
    not what the machine, the judge or a loan kept it waiting."""

    def __init__(self, sandbox: Sandbox, *, seconds: float) -> None:
        self._sandbox = sandbox
        self._left = max(seconds, LEAST_SECONDS)

    @property
    def name(self) -> str:
        """See `Sandbox.name`."""
        return self._sandbox.name

    @property
    def warning(self) -> Message | None:
        """See `Sandbox.warning`."""
        return self._sandbox.warning

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`."""
        with self._sandbox.room(self._within(limits)) as room:
            try:
                yield room
            finally:
                self._left -= room.seconds

    def _within(self, limits: RoomLimits) -> RoomLimits:
        if self._left >= limits.wall_seconds:
            return limits
        most = max(LAST_SECONDS, int(self._left))
        less = replace(
            limits, cpu_seconds=min(limits.cpu_seconds, most), wall_factor=max(1, most // limits.cpu_seconds)
        )
        return replace(less, load_factor=limits.most_seconds // max(1, less.wall_seconds))  # no less for a busy machine
