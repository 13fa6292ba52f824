"""Comparing: what agrees with what, and the sentence a student reads when it does not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judging.compare import Manner, Tolerance, as_numbers, describe, difference
from grader.messages import Message
from grader.wall.values import Handle, Value, array
from tests.english import spoken
from tests.unit.strategies import values

NAN, INF = float("nan"), float("inf")
EXACT = Tolerance()
Floats = npt.NDArray[np.float64]

finite = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5).map(np.array)
RETURNED_NONE = "It returned None: a way through it has no `return`, or what is returned there is None."


def kind(*names: str) -> Handle:
    """What a room tells of an object whose class and those above it have these names."""
    return Handle(type=names[0], kinds=(*names, "object"))


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        pytest.param(array([1.0, 2.0]), array([1.0, 2.0]), id="equal arrays"),
        pytest.param(array(np.ones(3, np.float32) / 3), array(np.ones(3) / 3), id="float32"),
        pytest.param([0.5, 0.5], array([0.5, 0.5]), id="list for an array"),
        pytest.param((0.5, 0.5), array([0.5, 0.5]), id="tuple for an array"),
        pytest.param([array(0.5, "scalar"), 0.5], array([0.5, 0.5]), id="list of scalars"),
        pytest.param([[1.0, 2.0], [3.0, 4.0]], array([[1.0, 2.0], [3.0, 4.0]]), id="list of lists"),
        pytest.param(1, 1.0, id="whole number for a real one"),
        pytest.param(array([1, 2]), array([1.0, 2.0]), id="whole numbers for real ones"),
        pytest.param(array(np.array([1], np.uint8)), array([1]), id="unsigned"),
        pytest.param(array(2.5, "scalar"), 2.5, id="NumPy scalar for a float"),
        pytest.param(array(2.5), 2.5, id="array without dimensions for a float"),
        pytest.param(array(np.bool_(True), "scalar"), True, id="NumPy bool for a bool"),
        pytest.param(array([1.0, INF, -INF]), array([1.0, INF, -INF]), id="infinities where asked"),
        pytest.param(array([NAN, 1.0]), array([NAN, 1.0]), id="NaN where asked"),
        pytest.param(array([]), array([]), id="empty arrays"),
        pytest.param(1.0 + 1e-7, 1.0, id="within tolerance"),
        pytest.param(None, None, id="None"),
        pytest.param("abc", "abc", id="text"),
        pytest.param({"b": 2, "W": array([1.0])}, {"W": array([1.0]), "b": 2.0}, id="dictionary, in another order"),
        pytest.param(array([1.0]), array([1]), id="real number for a whole one"),
        pytest.param(3.0, 3, id="float for an int"),
        pytest.param(array(np.array([3, 4], np.uint8)), [3, 4], id="array for a list"),
        pytest.param(array([0.5, 2.0]), (0.5, 2.0), id="array for a tuple"),
        pytest.param(array([[1.0, 2.0], [3.0, 4.0]]), ([1, 2], array([3.0, 4.0])), id="array for a tuple of rows"),
        pytest.param(array([True, False]), [True, False], id="array for a list of truths"),
        pytest.param(array([]), [], id="empty array for an empty list"),
        pytest.param([], array([]), id="empty list for an empty array"),
        pytest.param([[], []], array(np.empty((2, 0))), id="empty rows"),
        pytest.param(array([2.0]), array([2 + 0j]), id="real for complex"),
        pytest.param(-0.0, 0.0, id="minus zero"),
        pytest.param(array(2**62 + 1, "scalar"), 2**62 + 1, id="huge whole number"),
        pytest.param(array(np.float32(0.1), "scalar"), 0.1, id="a number in single precision"),
        pytest.param((array([1.0]), 2.0), (array([1.0]), 2.0), id="tuple"),
        pytest.param([array([1.0]), 2.0], (array([1.0]), 2.0), id="list for a tuple"),
        pytest.param(frozenset({"a"}), frozenset({"a"}), id="set"),
        pytest.param(kind("__main__.KNN", "sklearn.base.BaseEstimator"), kind("__main__.KNN"), id="a derived class"),
        pytest.param(kind("__main__.Own", "__main__.KNN"), kind("__main__.KNN"), id="derived from the class asked for"),
    ],
)
def test_values_that_mean_the_same_agree(got: Value, expected: Value) -> None:
    """How a student writes numbers down is not judged, what they are is."""
    assert difference(got, expected, EXACT) is None


THREE = array([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("got", "expected", "sentence"),
    [
        pytest.param(
            None,
            THREE,
            "It returned None: a way through it has no `return`, or what is returned there is None.",
            id="None",
        ),
        pytest.param("abc", THREE, "It returned a text where numbers were asked for.", id="text"),
        pytest.param({"a": 1.0}, THREE, "It returned a dict of 1 value where numbers were asked for.", id="dictionary"),
        pytest.param([], THREE, "It returned a list of 0 values where numbers were asked for.", id="empty list"),
        pytest.param([1.0, [2.0]], THREE, "It returned a list of 2 values where numbers were asked for.", id="ragged"),
        pytest.param(
            [1.0, None], THREE, "It returned a list of 2 values where numbers were asked for.", id="None inside"
        ),
        pytest.param(frozenset({"a"}), THREE, "It returned a set where numbers were asked for.", id="set"),
        pytest.param(2.0, THREE, "It returned a single number; an array of shape (3,) was asked for.", id="one number"),
        pytest.param(
            array([[1.0], [2.0], [3.0]]),
            THREE,
            "It returned an array of shape (3, 1); an array of shape (3,) was asked for.",
            id="column",
        ),
        pytest.param(
            array([1.0]),
            1.0,
            "It returned an array of shape (1,); a single number was asked for.",
            id="array for a number",
        ),
        pytest.param(
            array(np.ones(3, np.float16)), THREE, "It returned numbers of float16, too coarse to compare.", id="float16"
        ),
        pytest.param(
            array([True, True, True]), THREE, "It returned True and False; real numbers were asked for.", id="bool"
        ),
        pytest.param(
            array([1j, 2j, 3j]), THREE, "It returned complex numbers; real numbers were asked for.", id="complex"
        ),
        pytest.param(
            array([1 + 0j, 2 + 0j, 3 + 0j]),
            THREE,
            "It returned complex numbers; real numbers were asked for.",
            id="complex, nothing imaginary about it",
        ),
        pytest.param(array([1.5]), array([1]), "The one entry differs.", id="no whole number"),
        pytest.param(1_000_001, 1_000_000, "The number differs.", id="a count that is one off"),
        pytest.param(2**62 + 1, 2**62, "The number differs.", id="huge ones that are one apart"),
        pytest.param(array([1.0, 9.0]), [1, 2], "Value 2: The number differs.", id="array for a list"),
        pytest.param(array([1.0]), [1.0, 2.0], "It returned 1 value instead of 2.", id="shorter array for a list"),
        pytest.param(
            array(np.empty((0, 3))),
            [],
            "It returned an array of shape (0, 3); a list of 0 values was asked for.",
            id="empty, but of another form",
        ),
        pytest.param(
            [],
            array(np.empty((0, 3))),
            "It returned an array of shape (0,); an array of shape (0, 3) was asked for.",
            id="empty list for rows",
        ),
        pytest.param(
            {"W": 1.0, "b": 2}, {"W": 1.0}, "The dictionary has a key that was not asked for, 'b'.", id="more"
        ),
        pytest.param({"W": 1.0}, {}, "The dictionary has a key that was not asked for, 'W'.", id="more than nothing"),
        pytest.param({1: 2.0}, {"1": 2.0}, "The dictionary has no key '1'.", id="a number for a text as key"),
        pytest.param(
            {"W": 2.0, "b": 0, "V": 2, "c": 0},
            {"W": 1.0, "b": 0, "V": 1, "c": 0},
            "Entry 'W': The number differs. Wrong as well: 'V'. Right: 'b', 'c'.",
            id="several entries",
        ),
        pytest.param(1, True, "It returned whole numbers; True and False were asked for.", id="int for bool"),
        pytest.param(
            array(np.zeros(2, "M8[D]")),
            array(np.zeros(2, np.complex128)),
            "It returned points in time; complex numbers were asked for.",
            id="moments for complex numbers",
        ),
        pytest.param(
            [array(np.zeros((), "M8[D]")), 1.0],
            array([0.0, 1.0]),
            "It returned a list of 2 values where numbers were asked for.",
            id="a moment among numbers",
        ),
        pytest.param(array([1.0, NAN, 3.0]), THREE, "It returned NaN, which is no number.", id="NaN"),
        pytest.param(array([1.0, INF, 3.0]), THREE, "It returned an infinity.", id="infinity"),
        pytest.param(2.0, NAN, "An infinity or NaN was asked for.", id="NaN asked"),
        pytest.param(INF, -INF, "The number differs.", id="the other infinity"),
        pytest.param(INF, NAN, "The number differs.", id="infinity for NaN"),
        pytest.param(array([1.0, 2.5, 3.5]), THREE, "2 of 3 entries differ.", id="entries"),
        pytest.param(array([1.5]), array([1.0]), "The one entry differs.", id="one entry"),
        pytest.param(1.5, 1.0, "The number differs.", id="number"),
        pytest.param(-(2**63), 0, "The number differs.", id="a difference that wraps around in 64 bits"),
        pytest.param(array([True]), array([False]), "Some entries differ.", id="True for False"),
        pytest.param(None, "abc", "It returned None.", id="None for a text"),
        pytest.param(kind("NoneType"), kind("__main__.KNN"), RETURNED_NONE, id="None for an object"),
        pytest.param(kind("__main__.A"), kind("__main__.KNN"), "It returned an object of type A.", id="another class"),
        pytest.param(
            kind("__main__.P", "sklearn.P"), kind("sklearn.P"), "It returned an object of type P.", id="no library's"
        ),
        pytest.param("abd", "abc", "It returned a text.", id="another text"),
        pytest.param(0, None, "It returned a single number.", id="number for None"),
        pytest.param(True, None, "It returned True.", id="True for None"),
        pytest.param(
            1.0, {"W": 1.0}, "It returned a single number where a dictionary was asked for.", id="no dictionary"
        ),
        pytest.param({"b": 1.0}, {"W": 1.0}, "The dictionary has no key 'W'.", id="missing key"),
        pytest.param({"W": 2.0}, {"W": 1.0}, "Entry 'W': The number differs.", id="wrong entry"),
        pytest.param(None, (1.0, 2.0), "It returned None where 2 values were asked for.", id="None for a tuple"),
        pytest.param((1.0,), (1.0, 2.0), "It returned 1 value instead of 2.", id="too few values"),
        pytest.param((1.0, 3.0), (1.0, 2.0), "Value 2: The number differs.", id="wrong second value"),
    ],
)
def test_a_difference_is_told_in_one_sentence(got: Value, expected: Value, sentence: str) -> None:
    """Shape first, then kind of number, then NaN, then the entries; each with its own words."""
    assert spoken(difference(got, expected, EXACT)) == sentence


NAMED = Manner(parts=("dA_prev", "dW", "db"))


@pytest.mark.parametrize(
    ("got", "expected", "manner", "sentence"),
    [
        pytest.param({"W": 1.0, "b": 2}, {"W": 1.0}, Manner(more_keys=True), None, id="more keys where they may be"),
        pytest.param([{"W": 1.0, "b": 2}], [{"W": 1.0}], Manner(more_keys=True), None, id="more keys further inside"),
        pytest.param(
            (THREE, THREE, 2.0),
            (THREE, THREE, 1.0),
            NAMED,
            "Entry 'db': The number differs. Right: 'dA_prev', 'dW'.",
            id="one part",
        ),
        pytest.param(
            (1.0, THREE, 2.0),
            (2.0, THREE, 1.0),
            NAMED,
            "Entry 'dA_prev': The number differs. Wrong as well: 'db'. Right: 'dW'.",
            id="two parts",
        ),
        pytest.param((1.0, 2.0), (1.0, 2.0, 3.0), NAMED, "It returned 2 values instead of 3.", id="a part too few"),
        pytest.param((1.0, 2.0, 3.0), (1.0, 2.0, 3.0), NAMED, None, id="all right"),
    ],
)
def test_what_is_compared_together_is_told_apart(
    got: Value, expected: Value, manner: Manner, sentence: str | None
) -> None:
    """dW right, db wrong: a student need not look for a mistake where there is none."""
    assert spoken(difference(got, expected, manner)) == sentence


@given(finite, st.data())
def test_nan_never_passes_for_a_number(expected: Floats, data: st.DataObject) -> None:
    """Not with any tolerance, not at any place."""
    wrong = expected.copy()
    wrong[data.draw(st.integers(0, expected.size - 1))] = data.draw(st.sampled_from([NAN, INF, -INF]))
    assert difference(array(wrong), array(expected), Tolerance(relative=1e9, absolute=1e9)) is not None


@given(finite)
def test_shapes_that_only_broadcast_never_pass(expected: Floats) -> None:
    """NumPy would compare (1, n) and (n,) without a word."""
    assert difference(array(expected[None, :]), array(expected), EXACT) is not None


@given(values, values)
def test_comparing_never_raises(got: Value, expected: Value) -> None:
    """Whatever a room sends, the judge has a sentence or is content."""
    assert isinstance(difference(got, expected, EXACT), Message | None)


@given(finite)
def test_numbers_agree_with_themselves(numbers: Floats) -> None:
    """The right answer is right."""
    assert difference(array(numbers), array(numbers), Tolerance(relative=0.0, absolute=0.0)) is None


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        pytest.param(2.0, (), id="number"),
        pytest.param([1, 2.5], (2,), id="list"),
        pytest.param([array([1.0]), (2.0,)], (2, 1), id="list of arrays and tuples"),
    ],
)
def test_numbers_are_found_in_containers(value: Value, shape: tuple[int, ...]) -> None:
    """A list that spells an array is one."""
    numbers = as_numbers(value)
    assert numbers is not None
    assert numbers.shape == shape


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(array(np.zeros((2, 3))), "an array of shape (2, 3)", id="array"),
        pytest.param(array(1.0), "a single number", id="no dimensions"),
        pytest.param((1, 2), "a tuple of 2 values", id="tuple"),
        pytest.param([1], "a list of 1 value", id="list of one"),
        pytest.param(False, "False", id="bool"),
        pytest.param(1j, "a single number", id="complex"),
    ],
)
def test_values_have_words(value: Value, words: str) -> None:
    """Words without numbers, so that a hidden expected value does not leak."""
    assert spoken(describe(value)) == words
