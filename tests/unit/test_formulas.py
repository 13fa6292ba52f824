"""Formulas: what is one, what cannot be, and when two are the same expression."""

from __future__ import annotations

from typing import Any

import pytest

from grader.errors import ProtocolError
from grader.judging.compare import Tolerance, difference
from grader.lab import formula
from grader.messages import english
from grader.wall.formula import MAX_FORMULA, Formula, read
from grader.wall.room.objects import thaw_here
from grader.wall.value_frames import unpack
from grader.wall.values import UnsupportedValueError, Value, freeze, identical

X = "x**2 - 1"


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        pytest.param("(x - 1)*(x + 1)", X, id="factors"),
        pytest.param("-1 + x*x", X, id="another order"),
        pytest.param("sin(x)**2 + cos(x)**2", "x/x", id="an identity"),
        pytest.param("exp(x)/(1 + exp(x))", "1/(1 + exp(-x))", id="a sigmoid"),
        pytest.param("log(x**2)", "2*log(x)", id="where what is asked for is real"),
        pytest.param("Max(0, x)", "Piecewise((x, x > 0), (0, True))", id="cases"),
        pytest.param("0.3333333333*x", "x/3", id="a float"),
        pytest.param("x**400/x**399", "x", id="what is beyond floats at some points"),
        pytest.param("I**2*x", "-x", id="an imaginary part that goes"),
        pytest.param("x + y - y", "x", id="a symbol that goes"),
    ],
)
def test_expressions_that_come_to_the_same_agree(got: str, expected: str) -> None:
    """By structure, or at points that are drawn."""
    assert difference(Formula(got), Formula(expected), Tolerance()) is None


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        pytest.param(Formula("x**2"), Formula(X), " it is ", id="another"),
        pytest.param(Formula("x**2 - z"), Formula(X), "It has z in it, which was not asked for.", id="a symbol more"),
        pytest.param(Formula("2*log(x)"), Formula("log(x**2)"), "it is", id="of positive numbers alone"),
        pytest.param(Formula("sqrt(x**2)"), Formula("x"), "it is", id="the size of a number"),
        pytest.param(Formula("x"), 2.0, "It has x in it", id="a formula where a number was asked for"),
        pytest.param("x", Formula("x"), "It returned a text; a SymPy formula", id="a text"),
        pytest.param(None, Formula("x"), "It returned None", id="nothing"),
        pytest.param([Formula("x"), Formula("1/x")], [Formula("x"), Formula("x")], "Value 2: ", id="among others"),
    ],
)
def test_other_expressions_are_told_with_a_point(got: Value, expected: Value, words: str) -> None:
    """The student reads where theirs differs."""
    told = difference(got, expected, Tolerance())
    assert told is not None
    assert words in english(told).replace("yours is", "it is")


def test_a_number_is_a_formula_where_one_is_asked_for() -> None:
    """What SymPy has simplified to one, and what it has not."""
    assert difference(1, Formula("sin(x)**2 + cos(x)**2"), Tolerance()) is None
    assert difference(2.0, Formula("sin(x)**2 + cos(x)**2"), Tolerance()) is not None


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("__import__('os').system('true')", id="a call of anything"),
        pytest.param("x.real", id="an attribute"),
        pytest.param("x[0]", id="an item"),
        pytest.param("lambda: x", id="a function"),
        pytest.param("'x'", id="a text"),
        pytest.param("1j", id="another number"),
        pytest.param("True", id="a truth"),
        pytest.param("x if y else z", id="a choice"),
        pytest.param("sin(x, y)", id="an argument too many"),
        pytest.param("sin(x=1)", id="an argument by name"),
        pytest.param("x < 1", id="a comparison"),
        pytest.param("x @ y", id="another operator"),
        pytest.param("9" * 400, id="a long number"),
        pytest.param("9**9**9 " + "+ x" * MAX_FORMULA, id="a long text"),
        pytest.param("(" * 300 + "x" + ")" * 300, id="many brackets"),
        pytest.param("-" * 1_900 + "x", id="many minuses"),
        pytest.param("x**" * 600 + "x", id="many powers"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_in_the_grammar_is_no_formula(source: str) -> None:
    """It is refused by the judge, whoever sent it, and by the lab that asks with it."""
    with pytest.raises(ProtocolError):
        unpack(["formula", source], ())
    with pytest.raises(ValueError, match="formula"):
        formula(source)


@pytest.mark.parametrize(
    "source", ["9**9**9**9*x", "factorial(10**300)*x", "x**(10**300)", "gamma(-1) + x", "oo*x", "0/0 + x"]
)
def test_a_formula_is_never_reckoned_up_exactly(source: str) -> None:
    """What is beyond floats is no number, and takes no time."""
    assert difference(Formula(source), Formula("x"), Tolerance()) is not None
    assert difference(Formula("x"), Formula(source), Tolerance()) is not None


def test_many_parts_are_not_deep() -> None:
    """A polynomial of two hundred terms is read."""
    long = " + ".join(f"x**{n}" for n in range(200))
    assert difference(Formula(long), Formula(long.replace("x**3 ", "x*x*x ")), Tolerance()) is None


EXPRESSIONS = [
    "x**2 + 2*x + 1",
    "sin(x)/(1 + exp(-x))",
    "sqrt(x)*pi - E**x",
    "Rational(1, 3)*x - Float(0.5)",
    "Max(0, x) + Abs(y)",
    "Piecewise((x, x > 0), (0, True))",
    "-x/y**2",
    "log(x)*I",
]


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_an_expression_of_sympy_is_the_same_after_the_wall(source: str) -> None:
    """As text, and as an expression again in the room."""
    sympy: Any = pytest.importorskip("sympy", reason="SymPy is not installed")
    x, y = sympy.symbols("x y")
    expression = eval(source, {**vars(sympy), "x": x, "y": y})
    crossed = freeze(expression)

    assert isinstance(crossed, Formula)
    read(crossed.source)
    assert sympy.simplify(thaw_here(crossed) - expression) == 0
    assert identical(freeze(thaw_here(crossed)), crossed)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        pytest.param("Derivative(Function('f')(x), x)", "a SymPy formula with Derivative in it", id="a derivative"),
        pytest.param("Function('f')(x)", "an object of type f", id="a function without a meaning"),
        pytest.param("Symbol('x y') + 1", "a SymPy formula with Symbol in it", id="a name that is none"),
        pytest.param("Eq(x, 1)", "a SymPy formula with Equality in it", id="an equation"),
        pytest.param("Add(*[x**n for n in range(600)])", "a SymPy formula of more than 2000 characters", id="too long"),
        pytest.param("tower(x)", "a SymPy formula of more than 2000 characters", id="parts that are shared"),
    ],
)
def test_what_of_sympy_cannot_cross_is_named_in_words(expression: str, words: str) -> None:
    """The student reads what in it is not understood."""
    sympy: Any = pytest.importorskip("sympy", reason="SymPy is not installed")

    def tower(part: Any) -> Any:
        for _ in range(12):
            part = sympy.sin(part) * sympy.cos(part)
        return part

    with pytest.raises(UnsupportedValueError, match=words):
        freeze(eval(expression, {**vars(sympy), "x": sympy.Symbol("x"), "tower": tower}))


def test_the_same_two_formulas_are_tried_at_the_same_points() -> None:
    """So a report has the same bytes each time."""
    first, second = (difference(Formula("x*y"), Formula("x + y"), Tolerance()) for _ in range(2))
    assert first == second
