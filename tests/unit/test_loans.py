"""Loans: how arguments are put to the reference, and how much one room gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.grading.loans import Lendable, Loans, Offer, digest_of
from grader.limits import LendingLimits
from grader.messages import prose
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import (
    Answer,
    Borrow,
    Call,
    Ended,
    Job,
    Leave,
    Lent,
    NoOutcome,
    NotLent,
    Opened,
    OverLimit,
    Question,
    Returned,
)
from grader.wall.sandbox import Lend, Room
from grader.wall.values import Value, freeze
from tests.english import spoken


def borrow(name: str, *args: Any, number: int = 0) -> Borrow:
    """The request for name(*args)."""
    return Borrow(id=number, name=name, args=tuple(map(freeze, args)), named={})


class Echo:
    """A reference room that returns the arguments by name, as they came, and takes two seconds for each call."""

    printed = ""
    seconds = 0.0
    computed = None

    def __init__(self, end: NoOutcome | None = None) -> None:
        self._end = end

    def open(self, job: Job, lend: Lend | None = None) -> Opened:
        raise AssertionError(f"it is open, {job}, {lend}")

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        self.seconds += 2.0
        return [self._answer(question) for question in questions]

    def leave(self) -> Leave:
        return Leave()

    def _answer(self, call: Question) -> Answer:
        assert isinstance(call, Call)
        value: dict[str, Value] = {**call.named, "in order": call.args}
        after = tuple([each, "changed"] for each in (*call.args, *call.named.values()))
        return Returned(id=call.id, value=value, arguments=after) if self._end is None else self._end


def loans(
    offer: Offer | None = None,
    *,
    limits: LendingLimits | None = None,
    end: NoOutcome | None = None,
    known: Mapping[str, Returned] | None = None,
) -> Loans:
    """The loans of one function, `f`."""

    @contextmanager
    def room() -> Iterator[Room]:
        yield Echo(end)

    return Loans(
        {"f": offer or Offer(lendable=Lendable(target="f"))},
        room,
        limits or LendingLimits(),
        rehearsed=lambda: known or {},
    )


COST = Lendable(target="cost", parameters=("A", "Y"), shapes=((0, 1), (0, 1, 2)))
PREDICT = Lendable(target="predict", parameters=("parameters", "X"), shapes=((0, 1), (1, 0)))


@pytest.mark.parametrize(
    ("reference", "shape", "args", "named", "after"),
    [
        pytest.param(COST, None, (1, 2), {}, ([1, "changed"], [2, "changed"]), id="as the reference is written"),
        pytest.param(COST, None, (1, 2, 3), {"A": 1, "Y": 2}, ([1, "changed"], [2, "changed"], 3), id="one too many"),
        pytest.param(
            PREDICT, (1, 0), (7, 8), {"X": 7, "parameters": 8}, ([7, "changed"], [8, "changed"]), id="swapped"
        ),
        pytest.param(PREDICT, None, (7,), {}, ([7, "changed"],), id="no shape has so few"),
    ],
)
def test_arguments_are_put_as_the_reference_takes_them(
    reference: Lendable, shape: tuple[int, ...] | None, args: tuple[int, ...], named: dict[str, int], after: Any
) -> None:
    """The shape of the student's own definition decides; what becomes of each argument goes back to its place."""
    said = loans(Offer(lendable=reference, shape=shape)).lend(borrow("f", *args))
    assert isinstance(said, Lent)
    assert said.value == {**named, "in order": () if named else args}
    assert said.arguments == after


ONE_CALL = LendingLimits(calls=1)
ONE_QUESTION = LendingLimits(distinct=1)
ONE_BYTE = LendingLimits(bytes=1)
ONE_SECOND = LendingLimits(seconds=1)


@pytest.mark.parametrize(
    ("limits", "reason", "text"),
    [
        pytest.param(ONE_CALL, "over_limit", "called f and other earlier functions more than 1 times.", id="calls"),
        pytest.param(ONE_QUESTION, "over_limit", "with more than 1 different arguments.", id="questions"),
        pytest.param(ONE_BYTE, "over_limit", "and got back, is more than 0 MB.", id="bytes"),
        pytest.param(
            ONE_SECOND, "timed_out", "kept f and other earlier functions busy for more than 1 s", id="seconds"
        ),
    ],
)
def test_one_room_gets_so_much_and_no_more(limits: LendingLimits, reason: str, text: str) -> None:
    """Honest code stays far below; a flood ends its room with a sentence."""
    given = loans(limits=limits)
    assert isinstance(given.lend(borrow("f", 1)), Lent)
    end = given.lend(borrow("f", 2, number=1))
    assert isinstance(end, Ended)
    assert (end.reason, text in spoken(end.message)) == (reason, True)


def test_the_same_question_is_counted_once() -> None:
    """A training asks the same again and again; a table of the reference needs another question for each row."""
    given = loans(limits=ONE_QUESTION)

    assert all(isinstance(given.lend(borrow("f", 1, number=number)), Lent) for number in range(3))


#: what was rehearsed: f(1) is 2, and nothing else
KNOWN = {digest_of(to_bytes(Call(id=0, target="f", args=(1,)))): Returned(id=0, value=2)}


def test_what_was_rehearsed_needs_no_room() -> None:
    """The answer is there before it is asked for, under whatever number; anything else goes to the reference."""
    given = loans(known=KNOWN, end=Ended(reason="crashed", message=prose("It ended.")))

    said = [given.lend(borrow("f", 1, number=number)) for number in range(2)]

    assert [(each.id, each.value, each.arguments) for each in said if isinstance(each, Lent)] == [
        (0, 2, None),
        (1, 2, None),
    ]
    with pytest.raises(SandboxError):
        given.lend(borrow("f", 1.0, number=2))


@pytest.mark.parametrize("limits", [pytest.param(ONE_CALL, id="calls"), pytest.param(ONE_QUESTION, id="questions")])
def test_what_was_rehearsed_counts_as_asked(limits: LendingLimits) -> None:
    """A flood of known questions is a flood."""
    given = loans(known=KNOWN, limits=limits)
    assert isinstance(given.lend(borrow("f", 1)), Lent)

    assert isinstance(given.lend(borrow("f", 2, number=1)), Ended)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(borrow("secret"), id="a name that is not lent"),
        pytest.param(borrow("f", number=1), id="a number ahead"),
        pytest.param(borrow("f", number=-1), id="a number behind"),
    ],
)
def test_what_no_honest_room_says_is_not_answered(asked: Borrow) -> None:
    """Stubs know their names and count their calls; whoever does not is not a stub."""
    assert loans().lend(asked) is None


def test_a_reference_room_that_is_lost_is_our_fault() -> None:
    """It holds nothing of the student's but arguments, so it costs no points that it ended."""
    with pytest.raises(SandboxError):
        loans(end=Ended(reason="crashed", message=prose("It ended."))).lend(borrow("f"))


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(OverLimit(id=0, message=prose("Too much.")), id="and lives on"),
        pytest.param(Ended(reason="over_limit", message=prose("Too much.")), id="and is ended"),
    ],
)
def test_memory_that_a_reference_lacks_is_the_students_to_miss(end: NoOutcome) -> None:
    """As if the function were the student's own, and had asked for that much."""
    said = loans(end=end).lend(borrow("f"))

    assert said == NotLent(id=0, type="MemoryError", text="")
