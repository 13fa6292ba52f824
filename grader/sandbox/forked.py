"""The sandbox that forks its rooms from a zygote, whatever its housing. A locked one attacks itself first.

`none` is the one without locks: it serves trusted code, and only when it is asked for by name.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Self

from grader.errors import SandboxError, SandboxUnavailable
from grader.limits import MEGABYTE, RoomLimits
from grader.room.records import Bounds
from grader.sandbox.forkserver import ForkServer
from grader.sandbox.housing import Boxed, Housing, Landlocked, Open
from grader.sandbox.launch import SANDBOX_UID
from grader.sandbox.live_room import LiveRoom
from grader.sandbox.self_attack import Finding, attack
from grader.sandbox.warm import Warm
from grader.sandbox.workplace import used_bytes, work_folder
from grader.sandbox.zygote_process import ZygoteProcess

#: what the preloaded libraries hold of RLIMIT_DATA before a student's code runs (measured: 0.42 GB with TensorFlow)
PRELOADED_DATA = {"numpy": 200 * MEGABYTE, "sympy": 300 * MEGABYTE, "tensorflow": 600 * MEGABYTE}
ADDRESS_SPACE = 16 * 1024 * MEGABYTE
NOT_A_BOUNDARY = (
    "Student code ran without a sandbox: limits on time and memory, but no security boundary. "
    "Use this only for code you trust."
)


class ForkedSandbox:
    """Rooms from a zygote. A context manager, as every sandbox: entering it starts the zygote and does not wait."""

    def __init__(self, name: str, housing: Housing, *, runtime: str, warm: Warm | None = None) -> None:
        self.name = name
        self.warning = NOT_A_BOUNDARY if name == "none" else None
        self.runtime = runtime
        first = None if warm is None else partial(warm.zygote, name, housing, runtime)
        self._server = ForkServer(partial(ZygoteProcess, runtime, housing), first=first)
        self._own_workplace = isinstance(housing, Boxed)
        self._proving = threading.Lock()
        self._proven = name == "none"

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[LiveRoom]:
        """See `Sandbox.room`. Raises SandboxUnavailable if the self-attack found a hole."""
        self.prove()
        with self._room(limits) as room:
            yield room

    def prove(self) -> None:
        """Attack a room of our own, once. Raises SandboxUnavailable that names what did not hold."""
        with self._proving:
            holes = [] if self._proven else [finding.attempt for finding in self.attack_itself() if not finding.held]
            if holes:
                raise SandboxUnavailable(
                    f"The sandbox {self.name!r} attacked itself and did not hold: {', '.join(holes)}."
                )
            self._proven = True

    def attack_itself(self) -> tuple[Finding, ...]:
        """What a room could do that it should not. Raises SandboxUnavailable if no room locks itself in here."""
        try:
            with self._room(RoomLimits()) as room:
                return attack(room)
        except SandboxUnavailable:
            raise
        except SandboxError as error:
            raise SandboxUnavailable(f"The sandbox {self.name!r} gives no room here: {error}") from None

    @contextlib.contextmanager
    def _room(self, limits: RoomLimits) -> Iterator[LiveRoom]:
        workplace = _nowhere() if self._own_workplace else work_folder(SANDBOX_UID if os.geteuid() == 0 else None)
        with workplace as folder, self._server.channel(_bounds(limits, self.runtime), folder) as channel:
            used = None if self._own_workplace else partial(used_bytes, folder)
            with LiveRoom(channel, limits, used=used) as room:
                yield room


def namespaces(runtime: str, warm: Warm | None = None) -> ForkedSandbox:
    """Tier 1. Raises SandboxUnavailable with the cure if this machine cannot give it."""
    sandbox = ForkedSandbox("namespaces", Boxed(), runtime=runtime, warm=warm)
    return _unless_refused(sandbox, Boxed.obstacle, warm)


def landlock(runtime: str, warm: Warm | None = None) -> ForkedSandbox:
    """Tier 2. Raises SandboxUnavailable with the cure if this machine cannot give it."""
    return _unless_refused(
        ForkedSandbox("landlock", Landlocked(), runtime=runtime, warm=warm), Landlocked.obstacle, warm
    )


def none(runtime: str, warm: Warm | None = None) -> ForkedSandbox:
    """No locks, and never warm: it has to be asked for each time."""
    del warm
    return ForkedSandbox("none", Open(), runtime=runtime)


def _unless_refused(sandbox: ForkedSandbox, obstacle: Callable[[], str | None], warm: Warm | None) -> ForkedSandbox:
    """A warm zygote of that kind is proof enough that the machine gives it; else the machine is asked."""
    if warm is not None and warm.is_kept(sandbox.name, sandbox.runtime):
        return sandbox
    if (reason := obstacle()) is not None:
        raise SandboxUnavailable(f"The sandbox {sandbox.name!r} is not to be had here. {reason}")
    return sandbox


def _bounds(limits: RoomLimits, runtime: str) -> Bounds:
    return Bounds(
        cpu_seconds=limits.cpu_seconds,
        address_space=ADDRESS_SPACE + limits.memory_bytes,
        data=PRELOADED_DATA[runtime] + limits.memory_bytes,
        file_size=limits.file_bytes,
        open_files=limits.open_files,
        processes=limits.processes,
    )


@contextlib.contextmanager
def _nowhere() -> Iterator[int]:
    """For rooms with a work folder of their own: a descriptor that leads nowhere."""
    descriptor = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
