"""A sandbox that must not be needed. No tests here."""

from __future__ import annotations

from contextlib import AbstractContextManager

from grader.limits import RoomLimits
from grader.wall.sandbox import Room


class NoRooms:
    """Fails whoever asks it for a room."""

    name = "none"
    warning = None

    def room(self, limits: RoomLimits) -> AbstractContextManager[Room]:
        raise AssertionError(f"a room was opened, {limits}")
