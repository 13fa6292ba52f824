"""Odd values and objects of students, asked for in rooms of both tiers; and objects that a room does not have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.judging.compare import describe
from grader.lab import history
from grader.limits import MEGABYTE, RoomLimits
from grader.messages import english
from grader.wall.protocol import Answer, Ended, Follow, OverLimit, Raised, Returned, Unsupported
from grader.wall.sandbox import Room, Sandbox
from grader.wall.steps import TARGET, Handle, Step, Steps
from tests.hostile.conftest import TIERS, opened
from tests.hostile.on_values import ENDING, LIVING, SOURCE, Odd
from tests.rooms.jobs import opened as opened_room

LIMITS = RoomLimits(cpu_seconds=1, wall_factor=2, memory_bytes=512 * MEGABYTE)
KEPT = Steps(steps=(Step(does="kept", on=TARGET, name=0, gives="kind"),))


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with the libraries that values come from."""
    with opened(request.param, "sympy", uses=("pandas", "scipy")) as given:
        yield given


def word(answer: Answer) -> str:
    """What came of a question, in a word or two."""
    match answer:
        case Returned(value=Handle(type=kind)):
            return kind
        case Returned(value=value):
            return english(describe(value))
        case Raised(error=error):
            return error.type
        case Unsupported(what=message) | OverLimit(message=message):
            return message.key
        case Ended(reason=reason):
            return reason


def asked(room: Room, odd: Odd, *, number: int = 0) -> str:
    """What a room says to one of them."""
    (answer,) = room.ask([Follow(id=number, target="f", steps=history(*odd.moves)[0])])
    return word(answer)


def kept_by(room: Room, *, number: int) -> str:
    """What a room says to the question for an object that it was never told to keep, or has not any more."""
    (answer,) = room.ask([Follow(id=number, target="f", steps=KEPT)])
    return word(answer)


def test_what_lies_or_is_too_much_is_named_and_its_room_answers_on(locked: Sandbox) -> None:
    """None of it is taken for a value that it is not, nor for a forged answer."""
    with opened_room(locked, SOURCE, limits=RoomLimits(memory_bytes=LIMITS.memory_bytes)) as room:
        said = [(odd.name, asked(room, odd, number=number)) for number, odd in enumerate(LIVING)]

    assert [each for odd, each in zip(LIVING, said, strict=True) if each[1] not in odd.said] == []


@pytest.mark.parametrize("odd", ENDING, ids=[f"{each.name}, {len(each.moves)}" for each in ENDING])
def test_what_never_ends_or_breaks_its_room_costs_that_room_alone(locked: Sandbox, odd: Odd) -> None:
    """It is bounded by the limits of the room, and the room of the next row is as ever."""
    with opened_room(locked, SOURCE, limits=LIMITS) as room:
        assert asked(room, odd) in odd.said


def test_no_room_has_an_object_of_another_room_or_of_one_that_ended(locked: Sandbox) -> None:
    """A number is all that goes there, and means something in the room alone that was told to keep an object by it."""
    made = Step(does="call", args=("an object",))
    keeps = Steps(steps=(made, Step(does="keep", on=0, name=0, gives="kind")))
    with opened_room(locked, SOURCE, limits=LIMITS) as one, opened_room(locked, SOURCE, limits=LIMITS) as other:
        (kept,) = one.ask([Follow(id=0, target="f", steps=keeps)])
        assert (word(kept), kept_by(one, number=1)) == ("__main__.Deep",) * 2
        assert kept_by(other, number=0) == "KeyError"
        one.leave()
        assert kept_by(one, number=2) in ("crashed", "forged")
