"""Loans from real reference rooms, on arguments that may be anything."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.course.assignment import Assignment, Exercise
from grader.course.edits import Script
from grader.grading.loans import Loans
from grader.grading.reference import Lending
from grader.grading.reference_rooms import ReferenceRooms
from grader.lab import check, function
from grader.limits import LendingLimits
from grader.notebook.submission import Borrowed
from grader.wall.protocol import Borrow, Ended, Lent, Loan, NotLent
from grader.wall.sandbox import Sandbox
from grader.wall.values import freeze, identical
from tests.english import spoken

FUNCTIONS = {
    "double": "def double(x):\n    print('aside')\n    return 2 * x",
    "minus": "def minus(a, b=1):\n    return a - b",
    "fill": "def fill(box):\n    box['W'] -= 1.0\n    return box['W'] is not None",
    "entry": "def entry(box):\n    return box['W']",
    "roll": "def roll():\n    return np.random.rand()",
    "count": "def count(n):\n    while n:\n        n -= 1\n    return n",
    "zeros": "def zeros(n):\n    return np.zeros(n)",
    "recall": "def recall(said=[]):\n    said.append(1)\n    return len(said)",
    "pools": "import threadpoolctl\ndef pools(): return len(threadpoolctl.threadpool_info()) > 0",
    "lazy": "def lazy():\n    import csv, numpy.polynomial.legendre as late\n    return late.leggauss(1)[1]",
    "odd": "def odd():\n    return print",
}
NO_ANSWER = " has no answer to these arguments: compare them with what its description asks for."
SMALL = LendingLimits(call_seconds=1, memory_bytes=100_000_000, answer_bytes=1_000_000)


def exercise(name: str) -> Exercise:
    """One function that others may depend on."""
    return function(name, name).checks(check("any").examples((1,)))


@pytest.fixture(scope="module")
def lending(sandbox: Sandbox) -> Lending:
    """All functions, under small limits."""
    solution = Script("solution.py", "\n\n\n".join(["import numpy as np", *FUNCTIONS.values()]))
    exercises = tuple(map(exercise, FUNCTIONS))
    assignment = Assignment(id="lent", title="Lent", version="1", exercises=exercises)
    return Lending(ReferenceRooms(assignment, solution, sandbox, seed=0), seed=0, limits=SMALL)


def borrow(name: str, *args: Any, number: int = 0, **named: Any) -> Borrow:
    """The request for name(*args, **named)."""
    frozen = {key: freeze(value) for key, value in named.items()}
    return Borrow(id=number, name=name, args=tuple(map(freeze, args)), named=frozen)


def loans(lending: Lending) -> Loans:
    """What one room may borrow: everything."""
    return lending.to([Borrowed(name=name, exercise=name) for name in FUNCTIONS])


def said(lending: Lending, asked: Borrow) -> Loan | Ended | None:
    """What a room of its own hears."""
    with loans(lending) as given:
        return given.lend(asked)


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        pytest.param(borrow("double", np.array([1.0, 2.0])), np.array([2.0, 4.0]), id="an array"),
        pytest.param(borrow("double", (1, "a")), (1, "a", 1, "a"), id="not what the lab had in mind"),
        pytest.param(borrow("minus", 5), 4, id="a default"),
        pytest.param(borrow("minus", b=2, a=5), 3, id="arguments by name"),
        pytest.param(borrow("lazy"), np.array([2.0]), id="libraries that are loaded late"),
        pytest.param(borrow("pools"), True, id="what scikit-learn asks procfs for"),
    ],
)
def test_a_loan_is_what_the_reference_returns(lending: Lending, asked: Borrow, value: Any) -> None:
    """The arguments are those of the student's call, by place or by name; what is printed goes nowhere."""
    loan = said(lending, asked)
    assert isinstance(loan, Lent)
    assert identical(loan.value, freeze(value))


def test_a_change_of_the_arguments_comes_back(lending: Lending) -> None:
    """A template that works in place does so for the student as well; what is left alone is not sent."""
    changed = said(lending, borrow("fill", {"W": np.array([1.0])}))
    left = said(lending, borrow("double", np.array([1.0])))
    assert isinstance(changed, Lent)
    assert isinstance(left, Lent)
    assert changed.arguments is not None
    assert identical(changed.arguments, (freeze({"W": np.array([0.0])}),))
    assert left.arguments is None


@pytest.mark.parametrize(
    ("asked", "type", "text"),
    [
        pytest.param(borrow("entry", {"V": 1}), "ValueError", f"entry{NO_ANSWER}", id="KeyError"),
        pytest.param(borrow("minus", "a"), "ValueError", f"minus{NO_ANSWER}", id="TypeError"),
        pytest.param(borrow("minus", 1, c=2), "ValueError", f"minus{NO_ANSWER}", id="no such parameter"),
        pytest.param(borrow("odd"), "ValueError", f"odd{NO_ANSWER}", id="no value"),
        pytest.param(borrow("zeros", 10**11), "MemoryError", "", id="beyond all memory"),
        pytest.param(borrow("zeros", 10**6), "MemoryError", "", id="a value too large"),
    ],
)
def test_what_the_reference_raises_is_an_answer(lending: Lending, asked: Borrow, type: str, text: str) -> None:
    """The student's call raises it there: one answer to all that is wrong, for its kind would tell how the reference
    computes."""
    loan = said(lending, asked)
    assert isinstance(loan, NotLent)
    assert (loan.type, loan.text.endswith(text)) == (type, True)


def test_a_call_that_does_not_end_is_ended(lending: Lending) -> None:
    """By its own time, which is less than what all calls of a room have together; the next room is served."""
    ended = said(lending, borrow("count", -1))
    assert isinstance(ended, Ended)
    assert (ended.reason, spoken(ended.message)) == (
        "timed_out",
        "Your code called count with arguments that keep it busy for more than 1 second.",
    )
    assert isinstance(said(lending, borrow("double", 1)), Lent)


def test_every_call_begins_with_the_same_random_numbers(lending: Lending) -> None:
    """A report does not depend on who called before."""
    with loans(lending) as given:
        drawn = [given.lend(borrow("roll", number=number)) for number in range(2)]

    first, second = (each.value for each in drawn if isinstance(each, Lent))
    assert first == second


def test_a_room_leaves_nothing_behind(lending: Lending) -> None:
    """What a reference remembers, it remembers for one room; a room that borrows nothing opens none."""
    counted = []
    for calls in (2, 0, 3):
        with loans(lending) as given:
            said = [given.lend(borrow("recall", number=number)) for number in range(calls)]
        counted.append([each.value for each in said if isinstance(each, Lent)])

    assert counted == [[1, 2], [], [1, 2, 3]]
