"""Borrowed functions as student code meets them: names that work like functions, and are answered by the judge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.wall.protocol import Borrow, Call, Ended, Lent, Loan, NotLent, Opened, Raised, Returned
from grader.wall.sandbox import Sandbox
from grader.wall.values import freeze, thaw
from tests.rooms.jobs import LIMITS, job


class Bank:
    """Lends `half`, which halves; `fill`, which sets an entry of its argument; `refuse`, which raises a KeyError."""

    def __init__(self) -> None:
        self.asked: list[Borrow] = []

    def lend(self, borrow: Borrow) -> Loan | Ended | None:
        self.asked.append(borrow)
        args = [thaw(arg) for arg in (*borrow.args, *borrow.named.values())]
        if borrow.name == "refuse":
            return NotLent(id=borrow.id, type="KeyError", text="W1")
        if borrow.name == "fill":
            args[0]["new"] = np.array([9.0])
            args[0]["old"] += 1
            return Lent(id=borrow.id, value=None, arguments=tuple(map(freeze, args)))
        return Lent(id=borrow.id, value=freeze(args[0] / 2))


def answered(sandbox: Sandbox, source: str, *args: Any, bank: Bank | None = None) -> Any:
    """What f(*args) of the cell `source` comes to, where all of the bank's functions are borrowed."""
    asked = replace(job(source), borrows=("half", "fill", "refuse"))
    with sandbox.room(LIMITS) as room:
        assert isinstance(room.open(asked, (bank or Bank()).lend), Opened)
        (answer,) = room.ask([Call(id=0, target="f", args=tuple(map(freeze, args)))])
        return thaw(answer.value) if isinstance(answer, Returned) else answer


@pytest.mark.parametrize(
    ("source", "value"),
    [
        pytest.param("def f(x):\n    return half(x)", 4.0, id="by place"),
        pytest.param("def f(x):\n    return half(z=x)", 4.0, id="by name"),
        pytest.param(
            "def f(x):\n    for _ in range(3):\n        x = half(x)\n    return x", 1.0, id="many in one answer"
        ),
        pytest.param(
            "g = half\ndef half(x):\n    return 'mine'\ndef f(x):\n    return g(half(x))", 2.0, id="redefined"
        ),
        pytest.param("y = half(6.0)\ndef f(x):\n    return y", 3.0, id="while the cell runs"),
        pytest.param("def f(x):\n    return list(map(half, [x]))[0]", 4.0, id="passed on"),
        pytest.param("def f(x):\n    return half.__name__", "half", id="its name"),
        pytest.param(
            "def f(x):\n    box = {'old': np.zeros(1)}\n    alias = box['old']\n    fill(box)\n"
            "    return float(alias[0] + box['new'][0])".replace("np.", "__import__('numpy')."),
            10.0,
            id="works in place",
        ),
        pytest.param(
            "def f(x):\n    try:\n        refuse(x)\n    except KeyError as error:\n        return error.args[0]",
            "W1",
            id="raises what the function raises",
        ),
        pytest.param(
            "import threading\ndef f(x):\n    got = []\n"
            "    threads = [threading.Thread(target=lambda: got.append(half(x))) for _ in range(4)]\n"
            "    [t.start() for t in threads], [t.join() for t in threads]\n    return sum(got)",
            16.0,
            id="from threads",
        ),
    ],
)
def test_a_borrowed_function_works_like_one_of_the_notebook(sandbox: Sandbox, source: str, value: Any) -> None:
    """By place or name, nested, in place, in an exception: student code need not know."""
    assert answered(sandbox, source, 8.0) == value


@pytest.mark.parametrize(
    ("source", "type", "text"),
    [
        pytest.param(
            "def f(x):\n    return half(print)",
            "NotSendableError",
            "half cannot be called with a function",
            id="no value",
        ),
        pytest.param(
            "def f(x):\n    return half('x' * 10**5)", "NotSendableError", "with a text of more than", id="text"
        ),
        pytest.param(
            "import numpy as np\ndef f(x):\n    return half(np.ones(10**7))", "ValueError", "are larger than", id="size"
        ),
        pytest.param("def f(x):\n    return refuse(x)", "KeyError", "W1", id="raised there"),
    ],
)
def test_what_cannot_be_lent_is_an_exception_of_the_students_line(
    sandbox: Sandbox, source: str, type: str, text: str
) -> None:
    """As with any function that is given the wrong thing."""
    answer = answered(sandbox, source, 8.0)
    assert isinstance(answer, Raised)
    assert (answer.error.type, text in answer.error.text, answer.error.cell) == (type, True, 1)


def test_the_judge_sees_names_and_arguments_only(sandbox: Sandbox) -> None:
    """Requests are numbered; arguments by name keep their names."""
    bank = Bank()
    answered(sandbox, "def f(x):\n    return half(half(z=x))", 8.0, bank=bank)
    assert [(each.id, each.name, each.args, each.named) for each in bank.asked] == [
        (0, "half", (), {"z": 8.0}),
        (1, "half", (4.0,), {}),
    ]
