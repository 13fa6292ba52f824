"""The supervisor's side of a room that borrows: what is lent to it, when, and what it may not ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from grader.limits import RoomLimits
from grader.messages import literal, say
from grader.wall.protocol import (
    Borrow,
    Ended,
    Leave,
    Lent,
    NotLent,
    Returned,
    Sent,
)
from grader.wall.room.records import STARTED
from grader.wall.sandbox import Lend
from grader.wall.sandbox.live_room import LiveRoom
from grader.wall.values import array
from tests.english import spoken
from tests.unit.scripted_room import BORROW, FORGED, JOB, MOMENT, OPENED, QUESTIONS, Script, lent, scripted


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as script:
        yield script


def test_a_room_is_lent_what_it_borrows_until_it_has_answered(script: Script) -> None:
    """While its job runs, and between and within answers: every request is passed on, in order."""
    asked: list[int] = []

    def noted(borrow: Borrow) -> Lent:
        asked.append(borrow.id)
        return lent(borrow)

    script.say(
        BORROW, OPENED, replace(BORROW, id=1), replace(BORROW, id=2), Returned(id=0, value=""), Leave(answered=1)
    )
    with script.room() as room:
        assert room.open(JOB, noted) == OPENED
        assert isinstance(room.ask(QUESTIONS[:1])[0], Returned)
        assert room.leave() == Leave(answered=1)
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(
    ("said", "lend"),
    [
        pytest.param((BORROW, OPENED), None, id="in a room that may not"),
        pytest.param((BORROW, OPENED), lambda _: None, id="what is not lent"),
        pytest.param((OPENED, Lent(id=0, value=1)), lent, id="a loan of its own making"),
        pytest.param((OPENED, NotLent(id=0, type="ValueError", text="")), lent, id="a refusal of its own making"),
    ],
)
def test_a_room_that_borrows_what_it_may_not_is_forged(
    script: Script, said: tuple[Sent, ...], lend: Lend | None
) -> None:
    """No honest room of ours says such a thing."""
    script.say(*said)
    with script.room() as room:
        room.open(JOB, lend)
        (end,) = room.ask(QUESTIONS[:1])
        assert isinstance(end, Ended)
        assert spoken(end.message) == FORGED


def test_a_room_that_borrows_on_when_it_should_leave_is_forged(script: Script) -> None:
    """After the last question there is nothing to borrow for; its answers do not count either."""
    script.say(OPENED, Returned(id=0, value="a"), BORROW, Leave(answered=1))
    with script.room() as room:
        room.open(JOB, lent)
        room.ask(QUESTIONS[:1])
        assert room.leave() == Ended(reason="forged", message=say("forged"))


def test_a_room_that_was_lent_enough_ends_with_the_reason(script: Script) -> None:
    """What ended the loans is what the student reads."""
    enough = Ended(reason="over_limit", message=literal("Enough."))
    script.say(OPENED, BORROW)
    with script.room() as room:
        room.open(JOB, lambda _: enough)
        assert list(room.ask(QUESTIONS)) == [enough, enough]


def test_a_room_that_has_us_read_on_and_on_is_over_a_limit(script: Script) -> None:
    """What it costs us to read what a room says is no time of its own, and may not be without end either: each loan can
    take as long to read as four megabytes of empty lists."""
    seconds = count(step=4)  # of ours, for each look at the clock
    script.say(OPENED, *(replace(BORROW, id=number) for number in range(3)))
    with LiveRoom(script.channel, RoomLimits(), spent=lambda: float(next(seconds))) as room:
        room.open(JOB, lent)
        (end,) = room.ask(QUESTIONS[:1])
        assert isinstance(end, Ended)
        assert (end.reason, end.message.key) == ("over_limit", "answers_read_too_long")


def test_a_room_that_asks_and_never_reads_is_not_served_on_and_on(script: Script) -> None:
    """One loan lies in the pipe; the next is not made before it is read, and the clock runs meanwhile."""
    served: list[int] = []

    def large(borrow: Borrow) -> Lent:
        served.append(borrow.id)
        return Lent(id=borrow.id, value=array(bytearray(10**6)))

    script.status.send(STARTED)
    script.say(OPENED, *(replace(BORROW, id=number) for number in range(5)))
    with script.room(MOMENT, queued=0.0) as room:
        room.open(JOB, large)
        (end,) = room.ask(QUESTIONS[:1])
    assert isinstance(end, Ended)
    assert (end.reason, served) == ("timed_out", [0])
