"""The supervisor of zygotes: when one is replaced, and when an old one is ended. No process is started here."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from grader.errors import SandboxError
from grader.room.records import Bounds
from grader.sandbox.control import RoomChannel
from grader.sandbox.forkserver import ForkServer

BOUNDS = Bounds(cpu_seconds=1, address_space=1, data=1, file_size=1, open_files=1, processes=1)


class FakeZygote:
    """Hands out channels that lead nowhere, and remembers whether it was closed."""

    def __init__(self, *, ready: bool = True, alive: bool = True) -> None:
        self.ready = ready
        self.alive = alive
        self.closed = False

    def is_ready(self) -> bool:
        return self.ready

    def fork(self, bounds: Bounds, workplace: int) -> RoomChannel:
        del bounds, workplace
        if not self.alive:
            raise SandboxError("gone")
        null = [os.open(os.devnull, os.O_RDWR) for _ in range(3)]
        return RoomChannel(questions=null[0], answers=null[1], prints=null[2], status=socket.socket())

    def close(self) -> None:
        self.closed = True


class Nursery:
    """Starts fake zygotes and keeps them in order."""

    def __init__(self, *zygotes: FakeZygote) -> None:
        self.waiting = list(zygotes)
        self.started: list[FakeZygote] = []

    def __call__(self) -> FakeZygote:
        self.started.append(self.waiting.pop(0) if self.waiting else FakeZygote())
        return self.started[-1]


@pytest.fixture
def nursery() -> Nursery:
    return Nursery()


@pytest.fixture
def server(nursery: Nursery) -> Iterator[ForkServer]:
    with ForkServer(nursery, recycle_after=2) as server:
        yield server


def give_rooms(server: ForkServer, count: int) -> None:
    for _ in range(count):
        with server.channel(BOUNDS, 0):
            pass


def test_one_zygote_serves_until_it_is_old(server: ForkServer, nursery: Nursery) -> None:
    """Up to `recycle_after` rooms come from the same one."""
    give_rooms(server, 2)

    assert len(nursery.started) == 1


def test_an_old_zygote_is_replaced_and_ended(server: ForkServer, nursery: Nursery) -> None:
    """The next room comes from its successor."""
    give_rooms(server, 3)

    assert [zygote.closed for zygote in nursery.started] == [True, False]


def test_an_old_zygote_serves_on_while_its_successor_is_getting_ready(server: ForkServer, nursery: Nursery) -> None:
    """Nobody waits for a replacement to import its libraries."""
    nursery.waiting = [FakeZygote(ready=False)]
    give_rooms(server, 5)

    assert [zygote.closed for zygote in nursery.started] == [False, False]


def test_an_old_zygote_is_ended_only_after_its_last_room(server: ForkServer, nursery: Nursery) -> None:
    """A room in use outlives the replacement of its zygote."""
    with server.channel(BOUNDS, 0):
        give_rooms(server, 2)
        while_in_use = nursery.started[0].closed

    assert (while_in_use, nursery.started[0].closed) == (False, True)


def test_a_room_lost_through_no_fault_of_its_own_brings_a_new_zygote(server: ForkServer, nursery: Nursery) -> None:
    """Whatever happened to the old one, the next room does not meet it."""
    with pytest.raises(SandboxError), server.channel(BOUNDS, 0):
        raise SandboxError("lost")
    give_rooms(server, 1)

    assert [zygote.closed for zygote in nursery.started] == [True, False]


def test_a_zygote_that_cannot_fork_is_replaced(server: ForkServer, nursery: Nursery) -> None:
    """The room asked for is lost, the next one is not."""
    nursery.started[0].alive = False
    with pytest.raises(SandboxError), server.channel(BOUNDS, 0):
        pass
    give_rooms(server, 1)

    assert [zygote.closed for zygote in nursery.started] == [True, False]


def test_leaving_ends_every_zygote(nursery: Nursery) -> None:
    """Those in use, those retired, and one that was still getting ready."""
    nursery.waiting = [FakeZygote(), FakeZygote(ready=False)]
    with ExitStack() as stack:
        server = stack.enter_context(ForkServer(nursery, recycle_after=1))
        give_rooms(server, 2)

    assert [zygote.closed for zygote in nursery.started] == [True, True]


def test_a_warm_zygote_is_used_first_and_replaced_by_our_own(nursery: Nursery) -> None:
    """`first` is asked once; replacements are started."""
    warm = FakeZygote()
    with ForkServer(nursery, first=lambda: warm, recycle_after=1) as server:
        give_rooms(server, 2)

    assert (warm.closed, len(nursery.started)) == (True, 1)
