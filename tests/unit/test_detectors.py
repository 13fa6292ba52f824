"""Hints by kind of failure: what each detector says, and that none of them speaks without enough to go by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judging.compare import Tolerance, difference
from grader.judging.detectors import DETECTORS, Trial, hint_on_calls, hint_on_value
from grader.messages import say
from grader.wall.values import UnsupportedValueError, Value, freeze
from tests.english import spoken
from tests.unit.strategies import values

Function = Callable[..., Any]

V = [np.array(v) for v in ([1.5, -2.0, 3.25], [0.5, 4.5], [-1.25, 2.5, 7.0, 0.75], [6.0])]
WHOLE = [np.array([1, 4, 2]), np.array([3, 8])]
MATRICES = [
    np.arange(6.0).reshape(2, 3) + 0.5,
    np.arange(12.0).reshape(4, 3) - 2.25,
    np.array([[2.0, 2.0], [5.0, 5.0]]),
]
LARGE = [np.array([1000.0, 2.0]), np.array([3.0, -2000.0])]


def trial(right: Function, answer: Function, args: tuple[Any, ...], *, example: bool = False) -> Trial:
    """What comes of one call of `answer`, where `right` would be right."""
    asked, given, returned = freeze(right(*args)), None, True
    try:
        given = freeze(answer(*map(np.copy, args)))
    except (ValueError, TypeError, IndexError, UnsupportedValueError):
        returned = False
    return Trial(
        args=tuple(map(freeze, args)),
        asked=asked,
        given=given,
        returned=returned,
        right=returned and difference(given, asked, Tolerance()) is None,
        example=example,
    )


def trials(right: Function, answer: Function, inputs: Sequence[Any]) -> list[Trial]:
    """As `trial`, for each input; the first is the author's example."""
    calls = [each if isinstance(each, tuple) else (each,) for each in inputs]
    with np.errstate(all="ignore"):
        return [trial(right, answer, args, example=place == 0) for place, args in enumerate(calls)]


def softmax(z: Any) -> Any:
    powers = np.exp(z - np.max(z))
    return powers / np.sum(powers)


def overflowing(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z))


def in_whole_numbers(z: Any) -> Any:
    made = np.zeros_like(z)
    made[:] = z / 3
    return made


def drops_axes(z: Any) -> Any:
    return np.squeeze(2 * z)


def both(z: Any) -> Any:
    return np.sum(z), z[0] - 7


def gradients(z: Any) -> Any:
    return {"dW": z / len(z), "db": 2 * z}


CASES: list[tuple[str, Function, Function, Sequence[Any]]] = [
    ("hint_none", np.exp, lambda _: None, V),
    ("hint_key", gradients, lambda z: {"dw": z / len(z), "db": 2 * z}, V),
    ("hint_value_order", both, lambda z: both(z)[::-1], V),
    ("hint_example", np.exp, lambda _: np.exp(V[0]), V[:1] * 2 + V[1:]),
    ("hint_one_answer", np.sum, lambda _: 100.0, V),
    ("hint_one_number", np.exp, np.zeros_like, V),
    ("hint_argument", np.exp, lambda z: z, V),
    ("hint_transposed", lambda x: 2 * x, lambda x: 2 * x.T, MATRICES),
    ("hint_unit_axis", np.exp, lambda z: np.exp(z).reshape(-1, 1), V),
    ("hint_unit_axis", lambda x: x.sum(axis=1, keepdims=True), lambda x: x.sum(axis=1), MATRICES),
    ("hint_other_shape", np.exp, lambda x: np.exp(x).ravel(), MATRICES),
    ("hint_one_short", np.cumsum, lambda z: np.cumsum(z)[:-1], V),
    ("hint_one_long", np.cumsum, lambda z: np.append(np.cumsum(z), 0.0), V),
    ("hint_reversed", np.cumsum, lambda z: np.cumsum(z)[::-1], V),
    ("hint_decimals", lambda z: z / 3, in_whole_numbers, V + WHOLE),
    ("hint_decimals", np.exp, lambda z: np.round(np.exp(z)), V),
    ("hint_not_divided", np.mean, np.sum, V),
    ("hint_not_divided", gradients, lambda z: gradients(z) | {"dW": z}, V),
    ("hint_divided_twice", np.sum, np.mean, V),
    ("hint_one_less", np.var, lambda z: np.var(z, ddof=1), V[:3]),
    ("hint_negated", np.exp, lambda z: -np.exp(z), V),
    ("hint_doubled", np.exp, lambda z: 2 * np.exp(z), V),
    ("hint_halved", np.exp, lambda z: np.exp(z) / 2, V),
    ("hint_log_base", lambda z: np.log(np.abs(z)), lambda z: np.log2(np.abs(z)), V),
    ("hint_factor", np.exp, lambda z: 0.3 * np.exp(z), V),
    ("hint_offset", np.exp, lambda z: np.exp(z) + 1, V),
    ("hint_absolute", lambda z: z - 1, lambda z: np.abs(z - 1), V),
    ("hint_square", lambda z: np.sqrt(np.sum(z * z)), lambda z: np.sum(z * z), V),
    ("hint_root", lambda z: np.sum(z * z), lambda z: np.sqrt(np.sum(z * z)), V),
    ("hint_reciprocal", np.exp, lambda z: np.exp(-z), V),
    ("hint_complement", softmax, lambda z: 1 - softmax(z), V[:3]),
    ("hint_exponential", np.sum, lambda z: np.exp(np.sum(z)), V),
    ("hint_logarithm", softmax, lambda z: np.log(softmax(z)), V[:3]),
    ("hint_overflow", softmax, overflowing, V + LARGE),
    ("hint_zero", np.sinc, lambda z: np.sin(np.pi * z) / (np.pi * z), [*V, np.array([0.0, 2.5])]),
    ("hint_single", np.exp, lambda z: np.exp(z) * (len(z) > 1), V),
    (
        "hint_square_only",
        lambda x: x @ x.T,
        lambda x: x @ x.T if len(x) == len(x[0]) else x @ x,
        [*MATRICES, np.eye(3)],
    ),
    ("hint_integers", np.exp, lambda z: np.exp(z) * (z.dtype.kind == "f"), V + WHOLE),
    (
        "hint_at_zero",
        np.sign,
        lambda z: np.where(z > 0, 1.0, -1.0) * (z != 0) + (z == 0),
        [*V, np.array([0.0, 1.0, 0.0])],
    ),
    ("hint_negative", lambda z: np.maximum(z, 0), lambda z: np.maximum(z, 0.1 * z), V),
    ("hint_two_axes", np.exp, lambda z: np.exp(z) * (z.ndim == 1), V + MATRICES),
]


@pytest.mark.parametrize(
    ("sentence", "right", "answer", "inputs"),
    [pytest.param(*case, id=f"{case[0]}-{n}") for n, case in enumerate(CASES)],
)
def test_a_kind_of_failure_is_named(sentence: str, right: Function, answer: Function, inputs: Sequence[Any]) -> None:
    """Of all detectors, the one that fits speaks first."""
    assert hint_on_calls(trials(right, answer, inputs)) == say(sentence)


def test_every_detector_is_shown_by_a_case() -> None:
    """A row without a case could say anything."""
    assert {detector.sentence for detector in DETECTORS} == {case[0] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_right_answer_gets_no_hint(case: tuple[str, Function, Function, Sequence[Any]]) -> None:
    """A hint is help for a failure."""
    _, right, _, inputs = case
    assert hint_on_calls(trials(right, right, inputs)) is None


UNSURE = [
    pytest.param(np.exp, lambda z: z**5 + 3, V, id="no pattern"),
    pytest.param(np.exp, lambda z: 2 * np.exp(z), V[3:], id="a single number"),
    pytest.param(np.exp, lambda z: np.exp(z) * (2 + (z > 3)), V, id="a pattern with exceptions"),
    pytest.param(np.ones_like, lambda z: 2 * np.ones_like(z), V, id="twice, or one more, or nothing but twos"),
    pytest.param(np.mean, np.sum, [V[0], 3 * V[0]], id="too large by 3, and all inputs have 3 entries"),
    pytest.param(np.tanh, np.tan, V, id="most inputs hold negative entries, and all answers are wrong"),
    pytest.param(
        lambda x: x * x, lambda x: x @ x, [MATRICES[0], MATRICES[1], np.eye(1)], id="square, but one entry only"
    ),
]


@pytest.mark.parametrize(("right", "answer", "inputs"), UNSURE)
def test_what_could_be_chance_is_not_claimed(right: Function, answer: Function, inputs: Sequence[Any]) -> None:
    """A wrong hint costs a student more time than none."""
    found = hint_on_calls(trials(right, answer, inputs))
    assert found in (None, say("hint_factor"))


@given(st.lists(st.tuples(values, values, values, st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_whatever_comes_back_is_looked_at(found: list[tuple[Value, Value, Value, bool, bool]]) -> None:
    """No answer, however odd, makes a detector raise; a hint is one of the sentences."""
    seen = [
        Trial(args=(arg,), asked=asked, given=given, right=right and returned, returned=returned)
        for arg, asked, given, right, returned in found
    ]
    assert hint_on_calls(seen) in {None, *(say(detector.sentence) for detector in DETECTORS)}


@pytest.mark.parametrize(
    ("asked", "given", "sentence"),
    [
        pytest.param(MATRICES[0], MATRICES[0].T, "hint_transposed", id="transposed"),
        pytest.param(np.arange(5.0), np.arange(5.0).reshape(5, 1), "hint_unit_axis", id="a column"),
        pytest.param({"W1": 1.0}, {"w1": 1.0}, "hint_key", id="a key"),
        pytest.param(3.0, 6.0, None, id="a number"),
        pytest.param(np.arange(5.0), -np.arange(5.0), None, id="the sign"),
        pytest.param(np.arange(5.0), np.arange(5.0) + 1, None, id="an amount"),
    ],
)
def test_the_hint_on_a_value_does_not_tell_the_value(asked: Any, given: Any, sentence: str | None) -> None:
    """Where one value is asked for, only its form is spoken of: "twice too large" would be the answer."""
    found = hint_on_value(Trial(args=(), asked=freeze(asked), given=freeze(given), right=False))
    assert found == (sentence and say(sentence))


def test_an_input_without_entries_divides_nothing() -> None:
    """The label of no example at all is an input as well: no wrong answer to it makes a detector raise."""
    found = trials(lambda y: np.sum(y) + 1.0, lambda y: np.sum(y) - 1.0, [np.zeros(0), *V])
    assert hint_on_calls(found) == say("hint_offset")


def test_hints_hold_no_value() -> None:
    """The sentences have no fields, so nothing of an input or an answer can stand in them."""
    assert all("{" not in spoken(say(detector.sentence)) for detector in DETECTORS)
