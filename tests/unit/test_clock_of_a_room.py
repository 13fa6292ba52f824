"""Whose time it was: what a room waited by itself, what the machine took of it, and what the judge did meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader.errors import SandboxError
from grader.wall.protocol import (
    Borrow,
    Ended,
    Lent,
)
from grader.wall.room.records import STARTED
from grader.wall.sandbox.live_room import LiveRoom
from tests.english import refusing, spoken
from tests.unit.scripted_room import BORROW, JOB, MOMENT, OPENED, Script, lent, scripted


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as script:
        yield script


def test_a_room_that_waited_by_itself_until_the_clock_ran_out_has_timed_out(script: Script) -> None:
    """It had its processor and did not use it."""
    script.status.send(STARTED)
    with script.room(MOMENT, queued=0.0) as room:
        end = room.open(JOB)

    assert isinstance(end, Ended)
    assert (end.reason, spoken(end.message)) == ("timed_out", "Your code was not done after 1 second on the clock.")


def test_a_room_that_a_busy_machine_starved_is_our_failure(script: Script) -> None:
    """The student is not to blame, so it is no outcome but an exception, as soon as more time would be no use."""
    script.status.send(STARTED)
    with script.room(MOMENT, queued=1e6) as room, refusing(SandboxError, match="too busy"):
        room.open(JOB)


def test_what_a_busy_machine_took_of_a_room_is_given_again(script: Script) -> None:
    """A processor-bound answer is waited for until it is done, or has met its limit of computing time."""
    looks: list[int] = []

    def queued(process: int) -> float:
        looks.append(process)
        if len(looks) == 2:
            script.say(OPENED)
        return 1e6

    script.status.send(STARTED)
    with LiveRoom(script.channel, replace(MOMENT, load_factor=60), queued=queued) as room:
        assert room.open(JOB) == OPENED


def test_the_time_of_the_judge_and_of_loans_is_not_the_rooms(script: Script) -> None:
    """While it waits for us, its clock stands still."""
    script.status.send(STARTED)
    script.say(BORROW, OPENED)
    with script.room() as room:
        before: list[float] = []

        def noted(borrow: Borrow) -> Lent:
            before.append(room.seconds)
            sum(range(100_000))
            assert room.seconds == before[0]
            return lent(borrow)

        assert room.open(JOB, noted) == OPENED
        opened = room.seconds
        sum(range(100_000))
        assert room.seconds == opened >= before[0]


def test_the_room_is_known_by_the_process_id_that_the_kernel_tells(script: Script) -> None:
    """Not by what the room says of itself: here it is this test that speaks."""
    script.status.send(STARTED)
    with script.room(MOMENT, queued=0.0) as room:
        room.open(JOB)
        assert room.process == os.getpid()
