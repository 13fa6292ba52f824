"""The table of sandboxes, and how `auto` chooses: the strongest that this machine gives. Never silently none."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TypeAlias

from grader.errors import SandboxUnavailable
from grader.limits import RoomLimits
from grader.sandbox import Room
from grader.sandbox.forked import ForkedSandbox, landlock, namespaces, none
from grader.sandbox.warm import Warm

Backend: TypeAlias = Callable[[str, Warm | None], ForkedSandbox]

#: by the name `--sandbox` takes; each makes a sandbox for a runtime, or raises SandboxUnavailable with the cure
BACKENDS: dict[str, Backend] = {
    "namespaces": namespaces,
    "landlock": landlock,
    "none": none,
}
STRONGEST_FIRST = ("namespaces", "landlock")


def open_sandbox(choice: str, runtime: str, warm: Warm | None = None) -> Strongest | ForkedSandbox:
    """The sandbox named `choice`, or for "auto" the strongest there is; `warm` may have a zygote ready for it.

    It is a context manager, and has its name before it is entered; nothing is started until then.

    Raises SandboxUnavailable with every cure.
    """
    return Strongest(runtime, warm) if choice == "auto" else BACKENDS[choice](runtime, warm)


class Strongest:
    """The first of `STRONGEST_FIRST` that is to be had here and holds when it attacks itself."""

    def __init__(self, runtime: str, warm: Warm | None = None, *, backends: Mapping[str, Backend] = BACKENDS) -> None:
        self._left = [(name, backends[name]) for name in STRONGEST_FIRST]
        self._runtime = runtime
        self._warm = warm
        self._refusals: list[str] = []
        self._refused: SandboxUnavailable | None = None
        self._choosing = threading.Lock()
        self._chosen = self._next()
        self._stack = ExitStack()
        self._proven = False

    @property
    def name(self) -> str:
        """The name of the one chosen."""
        return self._chosen.name

    @property
    def warning(self) -> str | None:
        """The warning of the one chosen."""
        return self._chosen.warning

    def __enter__(self) -> Self:
        self._stack.enter_context(self._chosen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`. Raises SandboxUnavailable when no sandbox is left."""
        self._settle()
        with self._chosen.room(limits) as room:
            yield room

    def _settle(self) -> None:
        with self._choosing:
            if self._refused is not None:
                raise self._refused
            while not self._proven:
                try:
                    self._chosen.prove()
                    self._proven = True
                except SandboxUnavailable as refusal:
                    self._refusals.append(str(refusal))
                    self._stack.close()
                    self._chosen = self._stack.enter_context(self._next())

    def _next(self) -> ForkedSandbox:
        while self._left:
            _, make = self._left.pop(0)
            try:
                return make(self._runtime, self._warm)
            except SandboxUnavailable as refusal:
                self._refusals.append(str(refusal))
        self._refused = SandboxUnavailable(
            "Student code is not run without a sandbox, and this machine gives none:\n  "
            + "\n  ".join(self._refusals)
            + "\nIf you trust the code as your own, --sandbox none runs it without."
        )
        raise self._refused
