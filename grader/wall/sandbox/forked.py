"""The sandbox: rooms forked from a zygote, in the first of its tiers that this machine gives and that holds.

One class owns the zygotes: it starts them, proves by an attack of its own that their rooms hold, replaces one that is
old or has failed, and ends them. How a tier locks its rooms in is not known here, nor what is said in a room.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.errors import SandboxError, SandboxUnavailable
from grader.limits import RoomLimits
from grader.messages import Message, english
from grader.wall.room.preloaded import Libraries
from grader.wall.sandbox.channel import RoomChannel
from grader.wall.sandbox.faults import ATTEMPTS, as_ours
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.sandbox.owner import own_user, threads_of
from grader.wall.sandbox.self_attack import Finding, attack
from grader.wall.sandbox.tiers import STRONGEST_FIRST, TIERS, Tier
from grader.wall.sandbox.work_folder import used_bytes, work_folder
from grader.wall.sandbox.zygote_process import ZygoteProcess, bounds_of

#: rooms after which a zygote is replaced, so that nothing it gathers over time can matter
RECYCLE_AFTER = 1_000


def choose_sandbox(
    choice: str, runtime: str, *, uses: Sequence[str] = (), private: Sequence[Path] = ()
) -> ForkedSandbox:
    """The sandbox named `choice`, or for "auto" the strongest there is, with the libraries of `runtime`
    and those that are used beside.

    No room can read `private`: the course, what was handed in, reports; wherever they lie, and whatever lies in them.
    Nothing is started before it is entered, but it has its name and warning. Raises SandboxUnavailable with every cure.
    """
    names = STRONGEST_FIRST if choice == "auto" else (choice,)
    return ForkedSandbox([TIERS[name](private) for name in names], libraries=Libraries(runtime, tuple(uses)))


class ForkedSandbox:
    """A `Sandbox`. Entering it starts a zygote and does not wait; leaving it ends every zygote and every room.

    A replacement imports its libraries while the old zygote still serves; an old one is ended when its last room is
    gone. A tier that does not hold is given up for the next, for good; a fault that may pass lowers no tier.
    """

    def __init__(
        self,
        tiers: Sequence[Tier],
        *,
        libraries: Libraries,
        start: Callable[..., ZygoteProcess] = ZygoteProcess,
        attack: Callable[[LiveRoom, Sequence[Path]], tuple[Finding, ...]] = attack,
        recycle_after: int = RECYCLE_AFTER,
    ) -> None:
        """`tiers`: the strongest first. Raises SandboxUnavailable if the machine gives none of them."""
        self.libraries = libraries
        self._start = start
        self._attack = attack
        self._recycle_after = recycle_after
        self._left = list(tiers)
        self._refusals: list[SandboxUnavailable] = []
        self._refused: SandboxUnavailable | None = None
        self._lock = threading.RLock()
        self._stack = contextlib.ExitStack()
        self._current: ZygoteProcess | None = None
        self._next: ZygoteProcess | None = None
        self._rooms: Counter[ZygoteProcess] = Counter()
        self._given = 0
        self._tier = self._next_tier()
        self._proven = self._tier.warning is not None

    @property
    def name(self) -> str:
        """Of the tier that was chosen. It is proven once a room was given."""
        return self._tier.name

    @property
    def warning(self) -> Message | None:
        """See `Sandbox.warning`."""
        return self._tier.warning

    def __enter__(self) -> Self:
        self._user = self._stack.enter_context(own_user())
        self._stack.callback(self._end_zygotes)
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[LiveRoom]:
        """See `Sandbox.room`. Raises SandboxUnavailable when no tier is left that holds."""
        with self._lock:
            self._settle()
        with self._room(limits) as room:
            yield room

    def attack_itself(self) -> tuple[Finding, ...]:
        """What a room could do that it should not. Raises SandboxUnavailable if no room ever locks itself in here, and
        SandboxError if this one did not."""
        try:
            with self._room(RoomLimits()) as room:
                return self._attack(room, self._tier.private)
        except SandboxUnavailable as error:
            raise SandboxUnavailable(
                f"The sandbox {self.name!r} gives no room here: {english(error.message)}"
            ) from None
        except SandboxError as error:
            raise SandboxError(f"The sandbox {self.name!r} gave no room just now: {english(error.message)}") from None

    def _settle(self) -> None:
        """Go on to the first tier whose rooms hold, once. Raises SandboxError if a passing fault keeps it from trying,
        several times."""
        while not self._proven:
            if self._refused is not None:
                raise self._refused
            try:
                self._prove()
            except SandboxUnavailable as refusal:
                self._refusals.append(refusal)
                self._end_zygotes()
                self._tier = self._next_tier()
                self._begin()

    def _prove(self) -> None:
        if holes := [finding.attempt for finding in self._tried() if not finding.held]:
            raise SandboxUnavailable(f"The sandbox {self.name!r} attacked itself and did not hold: {', '.join(holes)}.")
        self._proven = True

    def _tried(self) -> tuple[Finding, ...]:
        """After a fault that may pass the zygote is another."""
        for _ in range(ATTEMPTS - 1):
            try:
                return self.attack_itself()
            except SandboxUnavailable:
                raise
            except SandboxError:
                continue
        return self.attack_itself()

    def _next_tier(self) -> Tier:
        while self._left:
            tier = self._left.pop(0)
            try:
                tier.insist()
            except SandboxUnavailable as refusal:
                self._refusals.append(refusal)
            else:
                return tier
        self._refused = _in_all(self._refusals)
        raise self._refused

    @contextlib.contextmanager
    def _room(self, limits: RoomLimits) -> Iterator[LiveRoom]:
        with contextlib.ExitStack() as stack:
            stack.enter_context(as_ours("Opening a room"))
            folder = None if self._tier.own_tmpfs else stack.enter_context(work_folder(self._owner))
            threads = threads_of(self._user)
            channel = stack.enter_context(self._channel(limits, threads, folder))
            used = None if folder is None else partial(used_bytes, folder)
            crowded = partial(self._is_crowded, limits, threads)
            yield stack.enter_context(LiveRoom(channel, limits, used=used, crowded=crowded))

    @property
    def _owner(self) -> int | None:
        """Whom a room's files are given to."""
        return self._user if os.geteuid() == 0 else None

    def _is_crowded(self, limits: RoomLimits, before: int, process: int | None) -> bool:
        """Whether others of the same user have taken threads that the room of `process` was promised."""
        return threads_of(self._user, without=process) > before + limits.processes // 2

    @contextlib.contextmanager
    def _channel(self, limits: RoomLimits, threads: int, folder: int | None) -> Iterator[RoomChannel]:
        """A new room's channel, hung up afterwards. Raises SandboxError if no zygote could be had.

        A SandboxError from within also replaces the zygote: whatever happened, the next room gets a fresh one.
        """
        with self._lock:
            zygote = self._ready_zygote()
            self._rooms[zygote] += 1
            self._given += 1
            try:
                channel = zygote.fork(bounds_of(limits, self.libraries, threads), folder)
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
            channel.close()
            with self._lock:
                self._let_go(zygote, failed=failed)

    def _ready_zygote(self) -> ZygoteProcess:
        if self._given >= self._recycle_after and self._next is None:
            self._next = self._started()
        if self._next is not None and self._next.is_ready():
            self._current, self._next, self._given = self._next, None, 0
            self._end_retired()
        if self._current is None:
            self._current = self._started()
        return self._current

    def _let_go(self, zygote: ZygoteProcess, *, failed: bool) -> None:
        self._rooms[zygote] -= 1
        if failed and zygote is self._current:
            self._current, self._given = None, 0
            self._begin()
        self._end_retired()

    def _end_retired(self) -> None:
        """Whatever has been replaced and has no room any more."""
        for zygote in [zygote for zygote, rooms in self._rooms.items() if zygote is not self._current and not rooms]:
            del self._rooms[zygote]
            zygote.close()

    def _begin(self) -> None:
        """Have a zygote import its libraries before a room needs one. That it cannot may pass, and is said then."""
        with contextlib.suppress(OSError, SandboxError):
            self._current = self._started()

    def _started(self) -> ZygoteProcess:
        return self._start(self._tier, self.libraries, uid=self._user)

    def _end_zygotes(self) -> None:
        for zygote in {self._current, self._next, *self._rooms}:
            if zygote is not None:
                zygote.close()
        self._current = self._next = None
        self._rooms.clear()


def _in_all(refusals: Sequence[SandboxUnavailable]) -> SandboxUnavailable:
    if len(refusals) == 1:
        return refusals[0]
    return SandboxUnavailable(
        "Student code is not run without a sandbox, and this machine gives none:",
        *(f"  {refusal}" for refusal in refusals),
        "If you trust the code as your own, --sandbox none runs it without.",
    )
