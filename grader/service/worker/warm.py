"""What takes long to open, kept open: at most so many, within so much memory; the longest unused goes."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

KeyT = TypeVar("KeyT")
ThingT = TypeVar("ThingT")


class Warm(Generic[KeyT, ThingT]):
    """Open things by key. Leaving it closes them all."""

    def __init__(
        self,
        opened: Callable[[KeyT], AbstractContextManager[ThingT]],
        *,
        most: int,
        memory: int,
        used: Callable[[], int],
    ) -> None:
        """`used` says how many bytes are in use now; over `memory`, things are closed until one is left."""
        self._opened = opened
        self._most = most
        self._memory = memory
        self._used = used
        self._open: OrderedDict[KeyT, tuple[ThingT, ExitStack]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._open:
            self._close_oldest()

    def get(self, key: KeyT) -> ThingT:
        """The thing of that key, opened if it is not yet; room is made for it first."""
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key][0]
        while len(self._open) >= self._most or (self._open and self._used() > self._memory):
            self._close_oldest()
        with ExitStack() as stack:
            thing = stack.enter_context(self._opened(key))
            self._open[key] = (thing, stack.pop_all())
        return thing

    def drop(self, key: KeyT) -> None:
        """Close that one: it is not to be relied on any more."""
        self._open.pop(key)[1].close()

    def trim(self) -> None:
        """Close what is over the memory, but for the one that was used last."""
        while len(self._open) > 1 and self._used() > self._memory:
            self._close_oldest()

    def _close_oldest(self) -> None:
        _, (_, stack) = self._open.popitem(last=False)
        stack.close()


def memory_of_tree(pid: int | None = None) -> int:
    """Bytes that a process and its children hold, each page counted for everybody who holds it; 0 where none tells."""
    root = Path("/proc") / str(os.getpid() if pid is None else pid)
    try:
        own = int((root / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = [
            int(child) for task in (root / "task").iterdir() for child in (task / "children").read_text().split()
        ]
    except (OSError, ValueError, IndexError):
        return 0
    return own + sum(map(memory_of_tree, children))
