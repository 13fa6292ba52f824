"""Values: what may cross the wall, what is turned away and in which words, and when two values are the same."""

from __future__ import annotations

import itertools
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple, NoReturn

import numpy as np
import pytest
from hypothesis import given

from grader.wall.values import (
    MAX_DEPTH,
    Array,
    NamedValues,
    Record,
    UnsupportedValueError,
    Value,
    array,
    freeze,
    identical,
    in_words,
    thaw,
)
from tests.unit.strategies import values


class Widget:
    """Something no grader has heard of."""


class Celsius(np.ndarray[Any, Any]):
    """A subclass of ndarray, as libraries make them."""


def nested(depth: int) -> object:
    """An empty list inside `depth` lists."""
    return [nested(depth - 1)] if depth else []


@given(values)
def test_a_value_is_identical_to_itself(value: Value) -> None:
    """NaN included: `identical` compares bits, not numbers."""
    assert identical(value, value)


@given(values)
def test_thawing_and_freezing_gives_the_same_numbers(value: Value) -> None:
    """A call with a thawed value sees what was frozen; only the array kind is forgotten."""
    assert identical(freeze(thaw(_plain(value))), _plain(value))


def _plain(value: Value) -> Value:
    match value:
        case Array(data=data):
            return Array(data)
        case list():
            return [_plain(item) for item in value]
        case NamedValues():
            return value._holding(map(_plain, value))
        case tuple():
            return tuple(_plain(item) for item in value)
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case Record():
            return None  # thawed, it has fields and no class
        case _:
            return value


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(1, 1.0, id="int and float"),
        pytest.param(1, True, id="int and bool"),
        pytest.param([1], (1,), id="list and tuple"),
        pytest.param(NamedValues("P", ("x",), (1,)), (1,), id="a tuple with names and one without"),
        pytest.param(NamedValues("P", ("x",), (1,)), NamedValues("P", ("y",), (1,)), id="other names"),
        pytest.param(0.0, -0.0, id="signs of zero"),
        pytest.param(complex(0.0, 1.0), complex(-0.0, 1.0), id="signs of complex zero"),
        pytest.param([1], [1, 2], id="lengths"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, id="order of keys"),
        pytest.param({"a": 1}, {"a": 2}, id="entries"),
        pytest.param(array([1.0]), array([[1.0]]), id="shapes"),
        pytest.param(array([1.0]), array(np.zeros(1, np.float32) + 1), id="dtypes"),
        pytest.param(array([1.0]), array([1.0], "tensor"), id="array kinds"),
        pytest.param(array([1.0]), array([2.0]), id="numbers"),
        pytest.param(None, False, id="None and False"),
        pytest.param({1: 2}, {True: 2}, id="types of keys"),
        pytest.param(Fraction(1, 2), 0.5, id="fraction and float"),
    ],
)
def test_values_that_differ_in_anything_are_not_identical(left: Value, right: Value) -> None:
    """Type, shape, dtype, kind, order and every bit count."""
    assert not identical(left, right)


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        pytest.param(np.zeros(2), "ndarray", id="ndarray"),
        pytest.param(np.float64(1.0), "scalar", id="scalar"),
        pytest.param(np.bool_(True), "scalar", id="bool scalar"),
        pytest.param(np.zeros((2, 2)).view(Celsius), "subclass", id="subclass"),
        pytest.param(np.ma.masked_array([1.0], [True]), "masked", id="masked"),
    ],
)
def test_an_array_remembers_what_it_was(thing: object, kind: str) -> None:
    """The judge may mind that a student returned something other than a plain array."""
    frozen = freeze(thing)
    assert isinstance(frozen, Array)
    assert frozen.kind == kind


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        pytest.param(Widget(), "an object of type Widget", id="object"),
        pytest.param(len, "a function", id="built-in function"),
        pytest.param(nested, "a function", id="function"),
        pytest.param(np.exp, "a function", id="ufunc"),
        pytest.param(np.array([None]), "an array of dtype object", id="object array"),
        pytest.param(np.array([b"a"]), r"an array of dtype \|S1", id="array of bytes"),
        pytest.param(2**63, "an integer beyond 64 bits", id="big integer"),
        pytest.param("x" * 10_001, "a text of more than 10000 characters", id="long text"),
        pytest.param(nested(MAX_DEPTH + 1), "containers nested more than 8 deep$", id="deep list"),
        pytest.param([0.5] * 20_000, "more than 10,000 entries in all .an array may have more", id="long list"),
        pytest.param(set(range(10_001)), "more than 10,000 entries in all", id="large set"),
        pytest.param([np.zeros(1)] * 5_000, "more than 4,096 arrays at once", id="many arrays"),
        pytest.param({1j: 2}, "a dictionary or set with an object of type complex in it where text", id="complex key"),
        pytest.param({Widget: 2}, "with an object of type type in it", id="a class as key"),
        pytest.param({10**20: 2}, "an integer beyond 64 bits", id="a huge key"),
        pytest.param({(1, (2, Widget)): 2}, "with an object of type type in it", id="a class within a key"),
        pytest.param(Decimal("sNaN"), "an object of type Decimal", id="a decimal that is none"),
        pytest.param(Decimal("1E+999999999"), "an exact number of more than 300 digits", id="a decimal too large"),
        pytest.param(Fraction(10**400), "an exact number of more than 300 digits", id="a fraction too large"),
        pytest.param(range(10**9), "more than 10,000 entries in all", id="a range without end"),
        pytest.param(itertools.count(), "more than 10,000 entries in all", id="an iterator without end"),
        pytest.param([Widget()], "an object of type Widget", id="object in a list"),
    ],
)
def test_what_cannot_cross_is_named_in_words(thing: object, words: str) -> None:
    """The student reads what it was that the grader cannot compare."""
    with pytest.raises(UnsupportedValueError, match=words):
        freeze(thing)


class Pair(NamedTuple):
    """A named tuple."""

    first: int
    second: str


@dataclass
class Point:
    """A dataclass."""

    x: int
    y: list[float]


class Stubborn(list[int]):
    """A list whose own methods must not be called."""

    def __iter__(self) -> NoReturn:
        raise AssertionError

    def __len__(self) -> NoReturn:
        raise AssertionError


class Colour(StrEnum):
    """An enumeration of texts."""

    RED = "red"


@pytest.mark.parametrize(
    ("thing", "value"),
    [
        pytest.param(OrderedDict(b=1, a=2), {"b": 1, "a": 2}, id="ordered dictionary"),
        pytest.param(defaultdict(list, a=[1]), {"a": [1]}, id="dictionary with a default"),
        pytest.param(Counter("aab"), {"a": 2, "b": 1}, id="counter"),
        pytest.param({1: "a", np.int64(2): "b"}, {1: "a", 2: "b"}, id="numbers as keys"),
        pytest.param({0, 1, 2}, frozenset({0, 1, 2}), id="set of numbers"),
        pytest.param(Pair(1, "b"), NamedValues("Pair", ("first", "second"), (1, "b")), id="named tuple"),
        pytest.param(type("Odd", (tuple,), {"_fields": ("a", 2)})((1, 2)), (1, 2), id="names that are none"),
        pytest.param(Stubborn([1, 2]), [1, 2], id="a list with methods of its own"),
        pytest.param(Colour.RED, "red", id="a member of an enumeration"),
        pytest.param(np.str_("a"), "a", id="NumPy text"),
        pytest.param(np.array([["a"], ["b"]]), [["a"], ["b"]], id="array of texts"),
        pytest.param(range(3), [0, 1, 2], id="range"),
        pytest.param((n * n for n in range(3)), [0, 1, 4], id="generator"),
        pytest.param(zip("ab", [1, 2], strict=True), [("a", 1), ("b", 2)], id="zip"),
        pytest.param(deque([1, 2]), [1, 2], id="deque"),
        pytest.param({"a": 1}.items(), [("a", 1)], id="view of a dictionary"),
        pytest.param({(0, 1): 2, None: 3, True: 4}, {(0, 1): 2, None: 3, True: 4}, id="any plain key"),
        pytest.param({np.float64(0.5), np.bool_(False)}, frozenset({0.5, False}), id="set of floats"),
        pytest.param(bytearray(b"ab"), b"ab", id="bytes"),
        pytest.param(np.array(["a", "b"], object), ["a", "b"], id="array of objects that are texts"),
        pytest.param(Point(1, [2.0]), Record(type="Point", fields={"x": 1, "y": [2.0]}), id="dataclass"),
        pytest.param(type("Half", (float,), {})(0.5), 0.5, id="derived from float"),
        pytest.param(((1.0, {"a": (2,)}), [3]), ((1.0, {"a": (2,)}), [3]), id="nested caches"),
    ],
)
def test_what_stands_for_a_plain_value_crosses_as_one(thing: object, value: Value) -> None:
    """The judge sees numbers, text and containers, whatever library they came from."""
    assert identical(freeze(thing), value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        pytest.param("Integer(3)", 3, id="whole number"),
        pytest.param("Rational(1, 4)", 0.25, id="rational"),
        pytest.param("sqrt(2) ** 2", 2, id="an expression that is whole"),
        pytest.param("exp(0.0) / 2", 0.5, id="an expression without symbols"),
        pytest.param("oo", float("inf"), id="infinity"),
        pytest.param("I / 2", 0.5j, id="an imaginary number"),
        pytest.param("true", True, id="truth"),
        pytest.param("Matrix([[1, 2]])", [[1, 2]], id="a matrix"),
    ],
)
def test_a_symbolic_number_crosses_as_a_plain_one(expression: str, value: Value) -> None:
    """A derivative found by SymPy, with numbers put in, is a number."""
    sympy = pytest.importorskip("sympy", reason="SymPy is not installed")
    assert identical(freeze(eval(expression, vars(sympy))), value)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        pytest.param("zoo", "an object of type ComplexInfinity", id="no number"),
        pytest.param("Integer(2) ** 70", "an integer beyond 64 bits", id="a large one"),
        pytest.param("Function('f')", "an object of type UndefinedFunction", id="a function"),
    ],
)
def test_what_is_no_number_to_sympy_either_is_named_in_words(expression: str, words: str) -> None:
    """A formula is a step on the way; the student reads that numbers are to be put in."""
    sympy = pytest.importorskip("sympy", reason="SymPy is not installed")
    with pytest.raises(UnsupportedValueError, match=words):
        freeze(eval(expression, vars(sympy)))


def test_the_fields_of_a_named_tuple_are_attributes_and_its_methods_none_of_ours() -> None:
    """For claims and readings; a field may be called as a method of a tuple is."""
    thawed = thaw(freeze(type("Row", (tuple,), {"_fields": ("count", "type")})((3, "a"))))
    assert (thawed.count, thawed.type, thawed[0], list(thawed)) == (3, "a", 3, [3, "a"])


def test_a_list_that_contains_itself_cannot_cross() -> None:
    """Freezing ends for every object."""
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(UnsupportedValueError, match="nested"):
        freeze(endless)


def test_an_array_is_frozen_as_a_copy() -> None:
    """What the student does to the array afterwards does not change what was said."""
    original = np.array([1.0, 2.0])
    frozen = array(original)
    original[0] = 9.0
    assert frozen.data[0] == 1.0
    assert not frozen.data.flags.writeable


def test_big_endian_and_fortran_order_are_straightened() -> None:
    """Buffers cross little-endian and in C order, whatever they were."""
    frozen = array(np.asfortranarray(np.array([[1, 2], [3, 4]], dtype=">i4")))
    assert frozen.data.dtype.str == "<i4"
    assert frozen.data.tobytes() == np.array([1, 2, 3, 4], dtype="<i4").tobytes()


def test_a_thawed_array_is_writable_and_fresh() -> None:
    """Student code may change its arguments without changing ours."""
    frozen = array([1.0])
    thaw(frozen)[0] = 2.0
    assert frozen.data[0] == 1.0


def test_a_thawed_scalar_is_a_scalar() -> None:
    """np.float64 crosses as an array of no dimensions and arrives as what it was."""
    assert type(thaw(freeze(np.float64(1.5)))) is np.float64


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        pytest.param(None, "None", id="None"),
        pytest.param(Widget, "an object of type type", id="class"),
        pytest.param(1, "an object of type int", id="int"),
    ],
)
def test_things_have_words(thing: object, words: str) -> None:
    """`in_words` never shows an object's own text, which may be hostile."""
    assert in_words(thing) == words
