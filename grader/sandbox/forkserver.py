"""The supervisor of zygotes: gives rooms from the current one, replaces it when it is old or has failed.

A replacement imports its libraries while the old zygote still serves; an old one is ended when its last room is gone.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from grader.errors import SandboxError
from grader.room.records import Bounds
from grader.sandbox.control import RoomChannel, Zygote, hang_up

#: rooms after which a zygote is replaced, so that nothing it gathers over time can matter
RECYCLE_AFTER = 1_000


class ForkServer:
    """A context manager: entering starts a zygote and does not wait, leaving ends every zygote and every room."""

    def __init__(
        self,
        start: Callable[[], Zygote],
        *,
        first: Callable[[], Zygote] | None = None,
        recycle_after: int = RECYCLE_AFTER,
    ) -> None:
        """Zygotes come from `start`; the first one from `first`, if that is given: it may be a warm one."""
        self._start = start
        self._first = first or start
        self.recycle_after = recycle_after
        self._lock = threading.Lock()
        self._rooms: Counter[Zygote] = Counter()
        self._given = 0
        self._next: Zygote | None = None

    def __enter__(self) -> Self:
        self._current = self._first()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for zygote in {self._current, *self._rooms, *([self._next] if self._next else [])}:
            zygote.close()

    @contextlib.contextmanager
    def channel(self, bounds: Bounds, workplace: int) -> Iterator[RoomChannel]:
        """A new room's channel, hung up afterwards. Raises SandboxError if no zygote could be had.

        A SandboxError from within also replaces the zygote: whatever happened, the next room gets a fresh one.
        """
        with self._lock:
            zygote = self._current_or_next()
            self._rooms[zygote] += 1
            self._given += 1
            try:
                channel = zygote.fork(bounds, workplace)
            except SandboxError:
                self._let_go(zygote, failed=True)
                raise
        failed = False
        try:
            yield channel
        except SandboxError:
            failed = True
            raise
        finally:
            hang_up(channel)
            with self._lock:
                self._let_go(zygote, failed=failed)

    def _current_or_next(self) -> Zygote:
        if self._given >= self.recycle_after and self._next is None:
            self._next = self._start()
        if self._next is not None and self._next.is_ready():
            self._replace_current(self._next)
            self._next = None
        return self._current

    def _let_go(self, zygote: Zygote, *, failed: bool) -> None:
        self._rooms[zygote] -= 1
        if failed and zygote is self._current:
            self._replace_current(self._start())
        elif zygote is not self._current and not self._rooms[zygote]:
            del self._rooms[zygote]
            zygote.close()

    def _replace_current(self, successor: Zygote) -> None:
        retired, self._current, self._given = self._current, successor, 0
        if not self._rooms[retired]:
            del self._rooms[retired]
            retired.close()
