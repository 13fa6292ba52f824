"""Processes that a site needs beside its own: started, watched, started again, ended. What they do, others know."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Final, Self

#: how a process of ours begins, whatever the command's script is called and wherever it lies
COMMAND: Final = (sys.executable, "-c", "from grader.cli.staff import grader_command; grader_command()")
#: before a child that ended is started again, in seconds: twice as long each time, and never longer than the second
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
#: whoever lived so long is started again at once
HEALTHY_SECONDS: Final = 60.0
#: what whoever drains may take, until it is killed
DRAIN_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process to be kept running: what it is called, and how it is started."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    sockets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A child ended although nobody told it to."""

    name: str
    code: int
    pause: float


class Children:
    """Keeps its children running from entry to exit, or until they are ended. `told` hears of each that ended by
    itself."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        told: Callable[[Ended], None],
        pause: float = FIRST_PAUSE,
        drain: float = DRAIN_SECONDS,
    ) -> None:
        self._over = threading.Event()
        self._drain = drain
        self._watching = partial(_Watched, over=self._over, told=told, pause=pause)
        self._watched = list(map(self._watching, children))

    def __enter__(self) -> Self:
        for each in self._watched:
            each.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def add(self, child: Child) -> None:
        """Keep that one running as well."""
        self._watched.append(watched := self._watching(child))
        watched.thread.start()

    def end(self) -> None:
        """Let them finish what they are doing. May be said more than once."""
        self._over.set()
        self._signal(signal.SIGTERM)
        until = time.monotonic() + self._drain
        for each in self._watched:
            each.thread.join(max(0.0, until - time.monotonic()))
        self.kill()
        for each in self._watched:
            each.thread.join()

    def kill(self) -> None:
        """End them without waiting for what they are doing; whatever that was is given to others."""
        self._over.set()
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        for each in self._watched:
            each.signal(number)


class _Watched:
    """One child, with the thread that waits for it. The thread lives as long as its child: the child is tied to it."""

    def __init__(self, child: Child, *, over: threading.Event, told: Callable[[Ended], None], pause: float) -> None:
        self.thread = threading.Thread(target=self._keep, name=f"watches {child.name}", daemon=True)
        self._child = child
        self._over = over
        self._told = told
        self._pause = pause
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def signal(self, number: signal.Signals) -> None:
        """Pass a signal on; nothing where there is nobody."""
        with self._lock:
            if self._process is not None:
                self._process.send_signal(number)

    def _keep(self) -> None:
        pause = self._pause
        while True:
            began = time.monotonic()
            with self._lock:
                if self._over.is_set():
                    return
                self._process = process = _started(self._child)
            code = process.wait()
            if self._over.is_set():
                return
            if time.monotonic() - began > HEALTHY_SECONDS:
                pause = self._pause
            self._told(Ended(name=self._child.name, code=code, pause=pause))
            if self._over.wait(pause):
                return
            pause = min(2 * pause, LONGEST_PAUSE)


def _started(child: Child) -> subprocess.Popen[bytes]:
    """In a group of its own: Ctrl-C is the parent's to hear, which then tells its children to drain."""
    tied = (sys.executable, "-m", "grader.service.serve.tied", str(os.getpid()))
    return subprocess.Popen(  # noqa: S603  # what we start is ours
        (*tied, *child.command),
        env=dict(child.environment),
        pass_fds=child.sockets,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
