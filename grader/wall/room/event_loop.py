"""What runs coroutines in a room: an event loop without sockets, pipes or a selector, of which a locked room has few.

It is asyncio's own loop, waiting on a flag instead of on descriptors: tasks, sleeping, timeouts and threads work,
reading from the network does not, which no room has.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any


class RoomLoop(asyncio.BaseEventLoop):
    """An event loop whose only waiting is for time to pass, or for a thread to say that it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Waiting()

    def _write_to_self(self) -> None:
        self._selector.set()

    def _process_events(self, event_list: list[Any]) -> None:
        """There are none."""


class _Waiting(threading.Event):
    """Stands where asyncio has a selector."""

    def select(self, timeout: float | None) -> list[Any]:
        self.wait(timeout)
        self.clear()
        return []


class _Policy(asyncio.DefaultEventLoopPolicy):
    """Gives whoever asks for a loop one of ours."""

    _loop_factory = RoomLoop


class NotebookLoop(RoomLoop):
    """The one loop of a room's notebook. As in Jupyter it runs while any cell does, so that a cell may begin a task
    which a later one awaits; unlike there, code written for a plain Python file may wait for it as well.
    """

    def begin(self) -> None:
        """Be the loop that every cell finds running."""
        asyncio.set_event_loop_policy(_Policy())
        asyncio.set_event_loop(self)
        asyncio.events._set_running_loop(self)
        elsewhere = asyncio.run

        def run(main: Coroutine[Any, Any, Any], **options: Any) -> Any:
            here = threading.current_thread() is threading.main_thread()
            return self.run_until_complete(main) if here else elsewhere(main, **options)

        asyncio.run = run

    def run_until_complete(self, future: Any) -> Any:
        """What the coroutine or task returns, once it is done."""
        if self.is_running():
            return super().run_until_complete(future)  # which refuses
        asyncio.events._set_running_loop(None)
        try:
            return super().run_until_complete(future)
        finally:
            asyncio.events._set_running_loop(self)
