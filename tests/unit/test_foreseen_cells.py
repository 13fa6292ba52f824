"""Whether an instructor's cell asks the same of every work, as its text shows."""

from __future__ import annotations

import pytest

from grader.judging.cells import is_foreseen
from grader.lab import cell, session

FORESEEN = {
    "arguments that are written out": "assert f(1) == [1]\nassert np.allclose(f(np.array([1.0, 2.0])), [1, 2])",
    "a name that no work has met": "a = np.zeros(3)\nb = a + 1\nassert f(b).shape == (3,)\nassert f([1]) == 2",
    "a name that nobody changes": "n = -3\nassert f(n) == 1\nassert f(n) == 1",
    "a loop over what is written out": "for x, y in [([1], 2), ([2], 3)]:\n    got = f(x)\n    assert got == y, f'{x}'",
    "a loop over a range": "total = 0\nfor n in range(3):\n    total += f(n)\nassert total == 3",
    "a loop over pairs of a dictionary": "cases = {1: 2, 2: 3}\nfor x, y in cases.items():\n    assert f(x) == y",
    "a loop over two lists": "for x, y in zip([[1], [2]], [2, 3]):\n    assert f(x) == y",
    "a call that is made if the first holds": "assert f(1) == 1 and f(2) == 2\nassert 0 <= f(1) <= f(2)",
    "a statement that only ends the cell": "got = f(1)\nif got > 1:\n    raise ValueError(got)\nassert f(2) == 2",
    "what a helper of the cell is given": "def near(a, b):\n    assert abs(a - b) < 1\nnear(f(1), 1)\nnear(f(2), 2)",
}
NOT_FORESEEN = {
    "an answer as an argument": "assert f(f(1)) == 1",
    "an answer by a name": "got = f(1)\nassert f(got) == 1",
    "an answer put into a list": "box = []\nbox.append(f(1))\nf(box)",
    "what a work may have changed": "box = [1]\nf(box)\nassert f(box) == 1",
    "what it may have changed by another name": "a = [1]\nb = a\nf(a)\nassert f(b) == 1",
    "what it may have changed within a statement": "a = [1]\nassert f(a) + f(a) == 2",
    "what it may have changed a turn before": "a = [1]\nfor n in range(2):\n    f(a)",
    "one object at two turns": "a = [1]\nfor x in [a, a]:\n    f(x)",
    "one object twice, by a product": "for x in [[1]] * 2:\n    f(x)",
    "one list twice": "xs = [[1], [2]]\nfor x in xs:\n    f(x)\nfor x in xs:\n    f(x)",
    "a call that is made if another fails": "assert f(1) == 1 or f(2) == 2",
    "a call in what an assert says": "assert f(1) == 1, f(2)",
    "a call after what may raise and is caught": "try:\n    f(1)\nexcept ValueError:\n    pass",
    "a branch": "if f(1):\n    f(2)",
    "a turn that an answer leaves out": "for n in range(3):\n    got = f(n)\n    if got:\n        break\nf(4)",
    "a loop as long as answers say": "while f(1):\n    pass",
    "a comprehension": "assert all(f(n) for n in range(3))",
    "a function that is passed": "def test(g):\n    assert g(1)\ntest(f)",
    "a helper that calls it": "def test(n):\n    assert f(n)\ntest(1)",
    "a name that is taken away": "assert f(1)\ndel f\nassert g(2)",
    "text that is run": "exec('f(1)')",
    "no Python": "assert (",
    "what nests deeper than anybody writes": f"assert f(1) == {' + '.join(['1'] * 2_500)}",
}


@pytest.mark.parametrize("name", FORESEEN)
def test_what_is_sent_is_foreseen_where_no_answer_comes_near_it(name: str) -> None:
    """All of it may be asked at once, since it is what every work is asked."""
    assert is_foreseen(cell(FORESEEN[name], setup="import numpy as np"))


@pytest.mark.parametrize("name", NOT_FORESEEN)
def test_what_may_depend_on_an_answer_is_not_foreseen(name: str) -> None:
    """With the reference's answers in them, arguments would bring these into a student's room."""
    assert not is_foreseen(cell(NOT_FORESEEN[name]))


def test_a_setup_that_calls_the_work_is_not_foreseen() -> None:
    """What comes after it runs even if it fails."""
    assert not is_foreseen(cell("assert f(1) == 1", setup="got = f(2)"))


def test_apart_a_statement_of_two_calls_is_not_foreseen() -> None:
    """If the first raises, the next statement runs, and the second call is never made."""
    assert is_foreseen(cell("assert f(1) == 1\nassert f(2) == 2", apart=True))
    assert not is_foreseen(cell("assert f(1) == f(2)", apart=True))
    assert not is_foreseen(cell("for n in range(3):\n    assert f(n)", apart=True))


def test_examples_are_foreseen_as_cells_are() -> None:
    """The first that goes wrong ends them."""
    assert is_foreseen(session(">>> f(1)\n1\n>>> f(2)\n2\n"))
    assert not is_foreseen(session(">>> f(f(1))\n1\n"))
