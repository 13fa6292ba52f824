"""What newer NumPy refuses and older notebooks do: accepted with a notice, and nothing else is touched."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest

from grader.messages import Message
from grader.wall.protocol import Opened
from grader.wall.room.compatibility import ONE_ELEMENT, Compatibility
from grader.wall.room.rewriting import compiled, rewrite
from grader.wall.sandbox import Sandbox
from tests.rooms.jobs import LIMITS, job


def run(source: str) -> tuple[dict[str, Any], tuple[Message, ...]]:
    """The names that `source` binds when it runs with the adaptations, and the notices."""
    compatibility = Compatibility()
    names: dict[str, Any] = {"np": np, **compatibility.names}
    exec(compiled(source, "<cell 1>", 0), names)
    return names, compatibility.notices


ZEROS = "a = np.zeros(3)\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(ZEROS + "a[0] = np.array([5.0])\nx = a[0]", 5.0, id="array into an entry"),
        pytest.param(ZEROS + "a[0] = np.array([[5.0]])\nx = a[0]", 5.0, id="one-by-one array into an entry"),
        pytest.param("a = np.zeros((2, 2))\na[1, 1] = np.array([5.0])\nx = a[1, 1]", 5.0, id="two indices"),
        pytest.param("x = float(np.array([2.5]))", 2.5, id="float of an array"),
        pytest.param("x = int(np.array([[7]]))", 7, id="int of an array"),
        pytest.param("def g(z): return float(z)\nx = g(np.array([1.5]))", 1.5, id="inside a function"),
        pytest.param("x = [int(z) for z in [np.array([1])]][0]", 1, id="inside a comprehension"),
    ],
)
def test_a_one_element_array_is_still_a_number(source: str, expected: object) -> None:
    """NumPy 2.4 refuses what NumPy 1 did; the student is told, and keeps the points."""
    names, notices = run(source)
    assert (names["x"], notices) == (expected, (ONE_ELEMENT,))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(ZEROS + "a[0] = 5\nx = a[0]", 5.0, id="number into an entry"),
        pytest.param(ZEROS + "a[1:] = [1, 2]\nx = a.tolist()", [0.0, 1.0, 2.0], id="slice"),
        pytest.param(ZEROS + "a[a == 0] = 4\nx = a.tolist()", [4.0] * 3, id="mask"),
        pytest.param("a = np.zeros((2, 2))\na[0] = np.array([5.0])\nx = a.tolist()", [[5.0, 5.0], [0, 0]], id="row"),
        pytest.param("a = [1]\na[0] = np.array([5])\nx = type(a[0]).__name__", "ndarray", id="list"),
        pytest.param("a = {}\na['k'] = [1]\nx = a", {"k": [1]}, id="dictionary"),
        pytest.param("a = {}\na['k'] = b = [1]\nx = b is a['k']", True, id="two targets"),
        pytest.param("x = float('2.5')", 2.5, id="float of a text"),
        pytest.param("x = int('ff', 16)", 255, id="int with a base"),
        pytest.param("x = int(2.9)", 2, id="int of a float"),
        pytest.param("x = float()", 0.0, id="float of nothing"),
        pytest.param("x = int(*[3])", 3, id="star"),
        pytest.param("x = float(np.float64(2))", 2.0, id="float of a scalar"),
        pytest.param("x = float(np.array(2.0))", 2.0, id="no dimensions"),
        pytest.param("float = len\nx = float([1, 2])", 2, id="a name of the student's own"),
        pytest.param("x = list(map(int, ['1']))", [1], id="int as a function"),
        pytest.param("class A:\n  b = {}\n  b['c'] = int('3')\nx = A.b", {"c": 3}, id="class body"),
        pytest.param("a = {}\na[(n := 1)] = (m := 2)\nx = (a, n, m)", ({1: 2}, 1, 2), id="walrus"),
    ],
)
def test_everything_else_does_what_it_did(source: str, expected: object) -> None:
    """No notice, no difference."""
    names, notices = run(source)
    assert (names["x"], notices) == (expected, ())


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        pytest.param(ZEROS + "a[0] = np.array([1.0, 2.0])", ValueError, "sequence", id="two numbers into one entry"),
        pytest.param(ZEROS + "a[0] = 'x'", ValueError, "convert string", id="text into a float array"),
        pytest.param(ZEROS + "a[0] = ['x']", ValueError, "sequence", id="a list of text"),
        pytest.param(ZEROS + "a[9] = np.array([1.0])", IndexError, "out of bounds", id="no such entry"),
        pytest.param("x = float(np.array([1.0, 2.0]))", TypeError, "only 0-dim", id="float of two numbers"),
        pytest.param("x = int(np.array([]))", TypeError, "only 0-dim", id="int of nothing"),
        pytest.param("x = float('two')", ValueError, "could not convert", id="float of a word"),
        pytest.param("x = float([1.0])", TypeError, "must be a string or a real number", id="float of a list"),
        pytest.param("a = (1,)\na[0] = 2", TypeError, "does not support item assignment", id="tuple"),
    ],
)
def test_what_was_wrong_before_is_wrong_still(source: str, error: type[Exception], words: str) -> None:
    """The student sees Python's own message."""
    with pytest.raises(error, match=words):
        run(source)


def test_a_list_into_an_entry_was_never_right() -> None:
    """No NumPy accepted `a[0] = [1.0]`, so it is not an older spelling of anything."""
    with pytest.raises(ValueError, match="sequence"):
        run(ZEROS + "a[0] = [1.0]")


def test_value_container_and_index_are_worked_out_in_pythons_order() -> None:
    """Side effects happen as the student wrote them."""
    names, _ = run(
        "said = []\ndef say(what, thing): said.append(what); return thing\nsay(2, {})[say(3, 0)] = say(1, 5)"
    )
    assert names["said"] == [1, 2, 3]


def test_line_numbers_stay() -> None:
    """An error is reported on the line the student wrote."""
    tree = ast.parse("\n\na[0] = \\\n  float(1)")
    assert rewrite(tree)
    assert [(node.lineno, node.end_lineno) for node in tree.body] == [(3, 4)]


def test_each_notice_is_given_once() -> None:
    """A loop over a thousand entries needs one sentence."""
    _, notices = run(ZEROS + "for i in range(3): a[i] = np.array([float(np.array([1.0]))])")
    assert notices == (ONE_ELEMENT,)


def test_a_notice_crosses_the_wall(sandbox: Sandbox) -> None:
    """The report can say what was adapted while the cells ran."""
    with sandbox.room(LIMITS) as room:
        went = room.open(job("import numpy as np\nf = float(np.array([1.0]))"))
    assert isinstance(went, Opened)
    assert (went.failures, went.notices) == ((), (ONE_ELEMENT,))
