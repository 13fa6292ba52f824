"""The sandbox that forks its rooms: which tier it takes, when a zygote is replaced and ended. No process is started."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from grader.errors import SandboxError, SandboxUnavailable
from grader.limits import RoomLimits
from grader.wall.room.preloaded import Libraries
from grader.wall.sandbox.channel import RoomChannel
from grader.wall.sandbox.forked import ForkedSandbox, choose_sandbox
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.sandbox.self_attack import Finding
from grader.wall.sandbox.tiers import Tier
from grader.wall.sandbox.zygote_process import ZygoteProcess
from tests.english import spoken

LIMITS = RoomLimits()


class FakeTier(Tier):
    """Is to be had or not."""

    own_tmpfs = True

    def __init__(self, name: str, *, obstacle: str | None = None) -> None:
        super().__init__()
        self.name = name  # type: ignore[misc]  # of each of them another
        self._obstacle = obstacle

    def obstacle(self) -> str | None:
        return self._obstacle


@dataclass(eq=False)
class FakeZygote:
    """Its rooms hear nothing and say nothing; it remembers whether it was closed."""

    tier: Tier
    ready: bool = True
    alive: bool = True
    closed: bool = False
    ends: ExitStack = field(default_factory=ExitStack, init=False)

    def is_ready(self) -> bool:
        return self.ready

    def fork(self, *_: object) -> RoomChannel:
        if not self.alive:
            raise SandboxError("gone")
        channel, theirs = RoomChannel.open()
        for descriptor in theirs:
            self.ends.callback(os.close, descriptor)
        return channel

    def close(self) -> None:
        self.closed = True
        self.ends.close()


@dataclass
class Nursery:
    """Starts fake zygotes and keeps them in order: those that are `waiting`, then good ones."""

    waiting: list[dict[str, bool]] = field(default_factory=list)
    started: list[FakeZygote] = field(default_factory=list)

    def __call__(self, tier: Tier, *_: object, **__: object) -> ZygoteProcess:
        self.started.append(FakeZygote(tier, **(self.waiting.pop(0) if self.waiting else {})))
        return cast("ZygoteProcess", self.started[-1])

    @property
    def closed(self) -> list[bool]:
        """Of each, in order, whether it was ended."""
        return [zygote.closed for zygote in self.started]


Attack = Callable[[LiveRoom, Sequence[Path]], tuple[Finding, ...]]


def holding(*held: bool | SandboxError) -> Attack:
    """What comes of each attack in turn; of those after them, that the room holds."""
    left = list(held)

    def attack(*_: object) -> tuple[Finding, ...]:
        match left.pop(0) if left else True:
            case bool(held):
                return (Finding(attempt="fork", held=held, detail=""),)
            case error:
                raise error

    return attack


def sandbox(nursery: Nursery, *tiers: Tier, **given: Any) -> ForkedSandbox:
    """One that is never proven by a real attack."""
    return ForkedSandbox(
        tiers or [FakeTier("one")], libraries=Libraries(), start=nursery, **{"attack": holding()} | given
    )


@pytest.fixture
def nursery() -> Nursery:
    return Nursery()


@pytest.fixture
def given(nursery: Nursery) -> Iterator[ForkedSandbox]:
    """A sandbox whose proof was the first of the two rooms after which a zygote is old."""
    with sandbox(nursery, recycle_after=2) as given:
        yield given


def give_rooms(given: ForkedSandbox, count: int) -> None:
    for _ in range(count):
        with given.room(LIMITS):
            pass


@pytest.mark.parametrize(
    ("obstacle", "holds", "chosen"),
    [
        pytest.param(None, True, "strong", id="the strongest first"),
        pytest.param("not installed", True, "weak", id="not to be had"),
        pytest.param(None, False, "weak", id="did not hold"),
    ],
)
def test_the_strongest_tier_that_holds_is_taken(
    nursery: Nursery, obstacle: str | None, holds: bool, chosen: str
) -> None:
    """One that fails its own attack is as good as none."""
    tiers = FakeTier("strong", obstacle=obstacle), FakeTier("weak")
    with sandbox(nursery, *tiers, attack=holding(holds)) as given:
        give_rooms(given, 2)
        name = given.name

    assert (name, nursery.started[-1].tier.name, all(nursery.closed)) == (chosen, chosen, True)


def test_a_passing_fault_lowers_no_tier(nursery: Nursery) -> None:
    """Three times it is tried with another zygote; then nothing is graded now, and the next room may be had."""
    faults = [SandboxError("no descriptors left")] * 3
    with sandbox(nursery, FakeTier("strong"), FakeTier("weak"), attack=holding(*faults)) as given:
        with pytest.raises(SandboxError, match="no descriptors left"), given.room(LIMITS):
            pytest.fail("a room was given")
        give_rooms(given, 1)
        name = given.name

    assert (name, len(nursery.started)) == ("strong", 4)


def test_without_any_tier_it_refuses_and_tells_every_cure(nursery: Nursery) -> None:
    """Nothing is ever run unsandboxed silently."""
    with pytest.raises(SandboxUnavailable, match="Install bubblewrap") as refusal:
        sandbox(
            nursery, FakeTier("strong", obstacle="Install bubblewrap."), FakeTier("weak", obstacle="Use Linux 6.12.")
        )

    assert "Use Linux 6.12" in str(refusal.value)
    assert "--sandbox none" in str(refusal.value)


def test_when_nothing_holds_no_room_is_given(nursery: Nursery) -> None:
    """The refusal comes before the first room, and before every other."""
    tiers = FakeTier("strong"), FakeTier("weak")
    with sandbox(nursery, *tiers, attack=holding(False, False)) as given:
        for _ in range(2):
            with pytest.raises(SandboxUnavailable, match="'strong' attacked itself and did not hold: fork"):
                give_rooms(given, 1)

    assert nursery.closed == [True, True]


def test_none_is_had_by_its_name_alone_and_warns() -> None:
    """Whoever asks for no sandbox is told what that means."""
    given = choose_sandbox("none", "numpy")

    assert (given.name, "no security boundary" in (spoken(given.warning) or "")) == ("none", True)


def test_one_zygote_serves_until_it_is_old(given: ForkedSandbox, nursery: Nursery) -> None:
    """Up to `recycle_after` rooms come from the same one."""
    give_rooms(given, 1)

    assert len(nursery.started) == 1


def test_an_old_zygote_is_replaced_and_ended(given: ForkedSandbox, nursery: Nursery) -> None:
    """The next room comes from its successor."""
    give_rooms(given, 2)

    assert nursery.closed == [True, False]


def test_an_old_zygote_serves_on_while_its_successor_is_getting_ready(given: ForkedSandbox, nursery: Nursery) -> None:
    """Nobody waits for a replacement to import its libraries."""
    nursery.waiting = [{"ready": False}]
    give_rooms(given, 5)

    assert nursery.closed == [False, False]


def test_an_old_zygote_is_ended_only_after_its_last_room(given: ForkedSandbox, nursery: Nursery) -> None:
    """A room in use outlives the replacement of its zygote."""
    with given.room(LIMITS):
        give_rooms(given, 1)
        while_in_use = nursery.closed

    assert (while_in_use, nursery.closed) == ([False, False], [True, False])


def test_a_room_lost_through_no_fault_of_its_own_brings_a_new_zygote(given: ForkedSandbox, nursery: Nursery) -> None:
    """Whatever happened to the old one, the next room does not meet it."""
    with pytest.raises(SandboxError), given.room(LIMITS):
        raise SandboxError("lost")
    give_rooms(given, 1)

    assert nursery.closed == [True, False]


def test_a_zygote_that_cannot_fork_is_replaced(given: ForkedSandbox, nursery: Nursery) -> None:
    """The room asked for is lost, the next one is not."""
    give_rooms(given, 1)
    nursery.waiting = [{"alive": False}]
    with pytest.raises(SandboxError, match="gone"):
        give_rooms(given, 1)
    give_rooms(given, 1)

    assert nursery.closed == [True, True, False]


def test_leaving_ends_every_zygote(nursery: Nursery) -> None:
    """Those in use, those retired, and one that was still getting ready."""
    nursery.waiting = [{}, {"ready": False}]
    with sandbox(nursery, recycle_after=1) as given, given.room(LIMITS):
        pass

    assert nursery.closed == [True, True]
