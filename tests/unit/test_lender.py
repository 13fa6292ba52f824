"""Lending: references run in a process of their own, on arguments that may be anything; one room gets so much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.lender import Lendable, Lender, Loans, Offer, Served
from grader.limits import LendingLimits
from grader.protocol import Borrow, Ended, Lent, NotLent, Statement
from grader.room import kernel
from grader.values import Value, freeze, identical

FUNCTIONS = {
    "double": "def double(x):\n    print('aside')\n    return 2 * x",
    "minus": "def minus(a, b=1):\n    return a - b",
    "fill": "def fill(box):\n    box['W'] -= 1.0\n    return box['W'] is not None",
    "entry": "def entry(box):\n    return box['W']",
    "roll": "def roll():\n    return np.random.rand()",
    "count": "def count(n):\n    while n:\n        n -= 1\n    return n",
    "zeros": "def zeros(n):\n    return np.zeros(n)",
    "recall": "def recall(said=[]):\n    said.append(1)\n    return len(said)",
    "load": "def load(path):\n    return open(path).read(10)",
    "lazy": "def lazy():\n    import csv, numpy.polynomial.legendre as late\n    return late.leggauss(1)[1]",
    "odd": "def odd():\n    return print",
}
SMALL = LendingLimits(call_seconds=1, memory_bytes=100_000_000, answer_bytes=1_000_000)


def lendable(name: str, source: str, *parameters: str, shapes: tuple[tuple[int, ...], ...] = ()) -> Lendable:
    """A reference called `name`, the function that `source` defines."""
    lines = (Statement(cell=1, line=1, source=text, role="cell") for text in ("import numpy as np", source))
    return Lendable(exercise=name, target=name, statements=tuple(lines), parameters=parameters, shapes=shapes)


def borrow(name: str, *args: Any, number: int = 0, **named: Any) -> Borrow:
    """The request for name(*args, **named)."""
    frozen = {key: freeze(value) for key, value in named.items()}
    return Borrow(id=number, name=name, args=tuple(map(freeze, args)), named=frozen)


@pytest.fixture(scope="module")
def lender() -> Iterator[Lender]:
    """A lender of all functions, under small limits."""
    given = Lender(tuple(lendable(*each) for each in FUNCTIONS.items()), limits=SMALL)
    yield given
    given.close()


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        pytest.param(borrow("double", np.array([1.0, 2.0])), np.array([2.0, 4.0]), id="an array"),
        pytest.param(borrow("double", (1, "a")), (1, "a", 1, "a"), id="not what the lab had in mind"),
        pytest.param(borrow("minus", 5), 4, id="a default"),
        pytest.param(borrow("minus", b=2, a=5), 3, id="arguments by name"),
        pytest.param(borrow("lazy"), np.array([2.0]), id="libraries that are loaded late"),
    ],
)
def test_a_loan_is_what_the_reference_returns(lender: Lender, asked: Borrow, value: Any) -> None:
    """The arguments are those of the student's call, by place or by name; what is printed goes nowhere."""
    said = lender.serve(asked).said
    assert isinstance(said, Lent)
    assert identical(said.value, freeze(value))


def test_a_change_of_the_arguments_comes_back(lender: Lender) -> None:
    """A template that works in place does so for the student as well; what is left alone is not sent."""
    changed = lender.serve(borrow("fill", {"W": np.array([1.0])})).said
    left = lender.serve(borrow("double", np.array([1.0]))).said
    assert isinstance(changed, Lent)
    assert isinstance(left, Lent)
    assert changed.arguments is not None
    assert identical(changed.arguments, (freeze({"W": np.array([0.0])}),))
    assert left.arguments is None


@pytest.mark.parametrize(
    ("asked", "type", "text"),
    [
        pytest.param(borrow("entry", {"V": 1}), "KeyError", "W", id="KeyError"),
        pytest.param(borrow("minus", "a"), "TypeError", "unsupported operand", id="TypeError"),
        pytest.param(borrow("minus", 1, c=2), "TypeError", "unexpected keyword argument 'c'", id="no such parameter"),
        pytest.param(borrow("zeros", 10**11), "MemoryError", "Unable to allocate", id="beyond all memory"),
        pytest.param(borrow("zeros", 10**6), "ValueError", "larger than the grader can send", id="a value too large"),
        pytest.param(borrow("odd"), "UnsupportedValueError", "a function", id="no value"),
    ],
)
def test_what_the_reference_raises_is_an_answer(lender: Lender, asked: Borrow, type: str, text: str) -> None:
    """The student's call raises it there; hostile arguments find the process under limits."""
    said = lender.serve(asked).said
    assert isinstance(said, NotLent)
    assert (said.type, text in said.text) == (type, True)


@pytest.mark.skipif(kernel.landlock_abi() == 0, reason="this kernel refuses no files")
@pytest.mark.parametrize("path", [__file__, "/etc/passwd", "/proc/self/environ", "/"])
def test_a_reference_opens_no_file_for_a_student(lender: Lender, path: str) -> None:
    """Not even one whose business is to open what it is told: its errors would say what stands there."""
    said = lender.serve(borrow("load", path)).said
    assert isinstance(said, NotLent)
    assert said.type == "PermissionError"


def test_a_call_that_does_not_end_is_ended_and_the_next_is_served(lender: Lender) -> None:
    """The kernel ends it by its computing time; a fresh process takes over."""
    said = lender.serve(borrow("count", -1)).said
    assert said == Ended(
        reason="timed_out", text="Your code called count with arguments that keep it busy for more than 1 second."
    )
    assert isinstance(lender.serve(borrow("double", 1)).said, Lent)


def test_every_call_begins_with_the_same_random_numbers(lender: Lender) -> None:
    """A report does not depend on who called before."""
    first, second = (lender.serve(borrow("roll")).said for _ in range(2))
    assert isinstance(first, Lent)
    assert isinstance(second, Lent)
    assert first.value == second.value


def test_a_room_leaves_nothing_behind(lender: Lender) -> None:
    """What a reference remembers, it remembers for one room; a room that borrows nothing ends nothing."""
    offers = {"recall": Offer(exercise="recall")}
    counted = []
    for calls in (2, 0, 3):
        with Loans(lender, offers) as loans:
            said = [loans.lend(borrow("recall", number=number)) for number in range(calls)]
        counted.append([each.value for each in said if isinstance(each, Lent)])

    assert counted == [[1, 2], [], [1, 2, 3]]


def test_a_closed_lender_starts_again() -> None:
    """Nothing is lost but the process."""
    lender = Lender((lendable("double", FUNCTIONS["double"]),))
    for _ in range(2):
        assert isinstance(lender.serve(borrow("double", 1)).said, Lent)
        lender.close()


class Counter(Lender):
    """Calls nobody: returns the arguments by name, as they came, and says that each call took what it is told."""

    def __init__(self, *lendables: Lendable, limits: LendingLimits, bytes: int = 0, seconds: float = 0.0) -> None:
        super().__init__(lendables, limits=limits)
        self.bytes = bytes
        self.seconds = seconds

    def serve(self, borrow: Borrow) -> Served:
        value: dict[str, Value] = {**borrow.named, "in order": borrow.args}
        after = (*borrow.args, *borrow.named.values())
        said = Lent(id=borrow.id, value=value, arguments=tuple([each, "changed"] for each in after))
        return Served(said=said, bytes=self.bytes, seconds=self.seconds)


COST = lendable("cost", "", "A", "Y", shapes=((0, 1), (0, 1, 2)))
PREDICT = lendable("predict", "", "parameters", "X", shapes=((0, 1), (1, 0)))


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
    loans = Loans(Counter(reference, limits=SMALL), {"f": Offer(exercise=reference.exercise, shape=shape)})
    said = loans.lend(borrow("f", *args))
    assert isinstance(said, Lent)
    assert said.value == {**named, "in order": () if named else args}
    assert said.arguments == after


ONE_CALL = LendingLimits(calls=1)
ONE_BYTE = LendingLimits(bytes=1)
ONE_SECOND = LendingLimits(seconds=1)


@pytest.mark.parametrize(
    ("limits", "reason", "text"),
    [
        pytest.param(ONE_CALL, "over_limit", "called f and other earlier functions more than 1 times.", id="calls"),
        pytest.param(ONE_BYTE, "over_limit", "and got back, is more than 0 MB.", id="bytes"),
        pytest.param(
            ONE_SECOND, "timed_out", "kept f and other earlier functions busy for more than 1 s", id="seconds"
        ),
    ],
)
def test_one_room_gets_so_much_and_no_more(limits: LendingLimits, reason: str, text: str) -> None:
    """Honest code stays far below; a flood ends its room with a sentence."""
    lender = Counter(lendable("f", ""), limits=limits, bytes=2, seconds=2.0)
    loans = Loans(lender, {"f": Offer(exercise="f")})
    assert isinstance(loans.lend(borrow("f")), Lent)
    end = loans.lend(borrow("f", number=1))
    assert isinstance(end, Ended)
    assert (end.reason, text in end.text) == (reason, True)


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
    assert Loans(Counter(lendable("f", ""), limits=SMALL), {"f": Offer(exercise="f")}).lend(asked) is None


DEVOURING = "def devour():\n    kept = None\n    while True:\n        kept = {'a': kept}"


def test_a_reference_that_uses_up_all_memory_is_an_answer() -> None:
    """Down to the last byte, which small objects take: the process has said so before it could no longer speak."""
    limits = LendingLimits(memory_bytes=-100_000_000, call_seconds=20)  # less than the libraries may hold
    lender = Lender((lendable("devour", DEVOURING), lendable("double", FUNCTIONS["double"])), limits=limits)

    assert lender.serve(borrow("devour")).said == NotLent(id=0, type="MemoryError", text="")
    assert isinstance(lender.serve(borrow("double", 1)).said, Lent)
    lender.close()
