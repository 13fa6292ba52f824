"""Call shapes: which way of calling a definition asks for, read off its text."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from grader.course.assignment import CallShape
from grader.judging.shapes import ASIDE, shape_for, way_for
from grader.notebook.submission import Parameters
from tests.exercises import exercise, plan
from tests.notebooks import code

COST = exercise("cost")
SHORT, LONG = CallShape(names=("A", "Y")), CallShape(names=("A", "Y", "parameters"))
FORTH, BACK = CallShape(names=("parameters", "X")), CallShape(names=("X", "parameters"), passes=(1, 0))


def taken(source: str) -> Parameters | None:
    """What the definition of `cost` in a cell takes."""
    return plan(COST, code(source)).parameters


@pytest.mark.parametrize(
    ("source", "parameters"),
    [
        pytest.param("def cost(A, Y):\n    return A", Parameters(names=("A", "Y"), needed=2), id="def"),
        pytest.param("def cost(A, Y=None):\n    return A", Parameters(names=("A", "Y"), needed=1), id="default"),
        pytest.param("def cost(A, /, Y):\n    return A", Parameters(names=("A", "Y"), needed=2), id="by place only"),
        pytest.param(
            "def cost(A, *rest):\n    return A", Parameters(names=("A",), needed=1, any_more=True), id="any more"
        ),
        pytest.param("@cache\ndef cost(A):\n    return A", Parameters(names=("A",), needed=1), id="decorated"),
        pytest.param("cost = lambda A, Y: A", Parameters(names=("A", "Y"), needed=2), id="lambda"),
        pytest.param(
            "if True:\n    def cost(A):\n        return A\nelse:\n    def cost(A, Y):\n        return A",
            Parameters(names=("A", "Y"), needed=2),
            id="the last of two",
        ),
        pytest.param(
            "def cost(A):\n    def cost(A, Y):\n        return A\n    return cost(A, 1)",
            Parameters(names=("A",), needed=1),
            id="not one inside",
        ),
        pytest.param("def mine(A):\n    return A\ncost = mine", Parameters(names=("A",), needed=1), id="alias"),
        pytest.param("cost = cost_of = lambda A: A", Parameters(names=("A",), needed=1), id="two names"),
        pytest.param("cost = partial(f, 1)", None, id="partial"),
        pytest.param("cost = elsewhere", None, id="alias of nothing known"),
        pytest.param("def cost(A, *, Y):\n    return A", None, id="needs an argument by name"),
        pytest.param("class cost:\n    pass", None, id="class"),
    ],
)
def test_what_a_definition_takes_is_read_off_its_text(source: str, parameters: Parameters | None) -> None:
    """Where no definition shows it, nothing is known, and nothing is guessed."""
    assert taken(source) == parameters


@pytest.mark.parametrize(
    ("shapes", "source", "chosen"),
    [
        pytest.param((), "def cost(A, Y):\n    return A", None, id="one way only"),
        pytest.param((SHORT, LONG), "def cost(A, Y):\n    return A", SHORT, id="the usual one"),
        pytest.param((SHORT, LONG), "def cost(A, Y, parameters):\n    return A", LONG, id="the other one"),
        pytest.param((SHORT, LONG), "def cost(AL, labels, p):\n    return AL", LONG, id="names of one's own"),
        pytest.param((SHORT, LONG), "def cost(A, Y, parameters=None):\n    return A", SHORT, id="both: the first"),
        pytest.param((SHORT, LONG), "def cost(A):\n    return A", SHORT, id="none: the first"),
        pytest.param((SHORT, LONG), "cost = partial(f)", SHORT, id="unknown: the first"),
        pytest.param((FORTH, BACK), "def cost(X, parameters):\n    return X", BACK, id="told by the names"),
        pytest.param((FORTH, BACK), "def cost(a, b):\n    return a", FORTH, id="names that tell nothing"),
    ],
)
def test_the_first_shape_that_fits_is_the_one_called(
    shapes: tuple[CallShape, ...], source: str, chosen: CallShape | None
) -> None:
    """It fits if Python takes so many arguments and no known name stands in another's place."""
    assert shape_for(shapes, taken(source)) == chosen


def test_a_shape_picks_from_the_canonical_arguments() -> None:
    """The first ones in order, unless it says which."""
    assert [shape.pick("abc") for shape in (SHORT, LONG, BACK)] == [("a", "b"), ("a", "b", "c"), ("b", "a")]


@pytest.mark.parametrize(
    "passes", [pytest.param((0,), id="too few"), pytest.param((1, 1), id="twice"), pytest.param((0, -1), id="below 0")]
)
def test_a_shape_needs_a_place_for_each_name(passes: tuple[int, ...]) -> None:
    """The author is told when the assignment is read."""
    with pytest.raises(ValidationError, match="one place in `passes` for each of its `names`"):
        CallShape(names=("X", "Y"), passes=passes)


NN = (CallShape(names=("X", "Y", "n_h")), CallShape(names=("X", "Y", "n_h", "rate")))
CANONICAL = ("x", "y", 4, 1.2)


@pytest.mark.parametrize(
    ("shapes", "source", "passed"),
    [
        pytest.param(NN, "def cost(X, Y, n_h): pass", ("x", "y", 4), id="nothing more"),
        pytest.param(NN, "def cost(X, Y, n_h, print_cost): pass", ("x", "y", 4, False), id="print_cost required"),
        pytest.param(NN, "def cost(X, Y, n_h, print_cost=True): pass", ("x", "y", 4), id="print_cost with a default"),
        pytest.param(NN, "def cost(X, Y, n_h, rounds): pass", ("x", "y", 4, 7), id="a default of the reference"),
        pytest.param(NN, "def cost(X, Y, n_h, rate, verbose): pass", ("x", "y", 4, 1.2, False), id="a longer shape"),
        pytest.param(NN, "def cost(X, Y, n_h, verbose, rate): pass", ("x", "y", 4, False, 1.2), id="by name"),
        pytest.param(NN, "def cost(rate, n_h, Y, X): pass", (1.2, 4, "y", "x"), id="in another order"),
        pytest.param(NN, "def cost(A, B, c, print_cost): pass", ("x", "y", 4, False), id="names of one's own"),
        pytest.param(NN, "def cost(X, Y, n_h, colour): pass", ("x", "y", 4, 1.2), id="names of one's own, all"),
        pytest.param(NN, "def cost(X, Y, n_h, rate, colour): pass", ("x", "y", 4), id="one that nothing is known of"),
        pytest.param((), "def cost(X, Y, n_h, r, print_cost): pass", (*CANONICAL, False), id="no shapes"),
        pytest.param((), "def cost(X, Y, n_h, r): pass", CANONICAL, id="no shapes, nothing more"),
        pytest.param((), "cost = partial(f, 1)", CANONICAL, id="no definition"),
    ],
)
def test_what_a_definition_requires_is_passed_where_its_name_is_known(
    shapes: tuple[CallShape, ...], source: str, passed: tuple[object, ...]
) -> None:
    """`print_cost` without a default costs nothing, nor does the reference's own default or another order."""
    way = way_for(shapes, taken(source), {**ASIDE, "rounds": 7})
    assert way.pick(CANONICAL) == passed
