"""Losses, against values worked out by hand and against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.judging.losses import LOSSES, LossName, Numbers, are_probabilities

LN2 = math.log(2)
HALF = np.array([[0.5, 0.5], [0.5, 0.5]])
QUARTER = np.array([[0.25, 0.75], [0.75, 0.25]])


def one_hot(labels: Numbers, classes: int) -> Numbers:
    """A row with one 1 for each label."""
    return np.eye(classes)[labels]


@pytest.mark.parametrize(
    ("name", "outputs", "labels", "expected"),
    [
        pytest.param("sparse_crossentropy", HALF, [0, 1], LN2, id="even chances"),
        pytest.param("sparse_crossentropy", QUARTER, [0, 0], -(math.log(0.25) + math.log(0.75)) / 2, id="a mean"),
        pytest.param("sparse_crossentropy", [[1.0, 0.0]], [1], -math.log(1e-7), id="sure and wrong, bounded"),
        pytest.param("sparse_crossentropy_from_logits", [[0.0, 0.0]], [1], LN2, id="logits alike"),
        pytest.param("sparse_crossentropy_from_logits", [[1000.0, 0.0]], [1], 1000.0, id="huge logits"),
        pytest.param("sparse_crossentropy_from_logits", [[-1000.0, 0.0]], [1], 0.0, id="hugely negative logits"),
        pytest.param("categorical_crossentropy", QUARTER, [[1, 0], [1, 0]], 0.8369882167858358, id="one-hot labels"),
        pytest.param("categorical_crossentropy_from_logits", [[3.0, 3.0]], [[0, 1]], LN2, id="one-hot, logits"),
        pytest.param("binary_crossentropy", [0.5, 0.5], [0, 1], LN2, id="binary"),
        pytest.param("binary_crossentropy", [[0.25, 0.75]], [[1, 1]], 0.8369882167858358, id="binary, a row"),
        pytest.param("binary_crossentropy_from_logits", [0.0], [1], LN2, id="binary logits"),
        pytest.param("binary_crossentropy_from_logits", [1000.0, -1000.0], [1, 0], 0.0, id="sure and right"),
        pytest.param("binary_crossentropy_from_logits", [-1000.0], [1], 1000.0, id="sure and wrong"),
        pytest.param("mean_squared_error", [1.0, 3.0], [0.0, 1.0], 2.5, id="squares"),
    ],
)
def test_a_loss_is_what_its_formula_gives(
    name: LossName, outputs: list[float], labels: list[int], expected: float
) -> None:
    """Small cases by hand, and large ones where a naive formula overflows."""
    assert LOSSES[name].value(np.asarray(outputs), np.asarray(labels)) == pytest.approx(expected, rel=1e-12, abs=1e-12)


logits = npst.arrays(np.float64, (5, 3), elements=st.floats(-20, 20))
classes = npst.arrays(np.int64, 5, elements=st.integers(0, 2))


@given(logits, classes)
def test_logits_and_probabilities_tell_the_same_loss(z: Numbers, y: Numbers) -> None:
    """Softmax first and the logarithm after it, or both at once."""
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = LOSSES["sparse_crossentropy_from_logits"].value(z, y)
    if p[np.arange(5), y].min() > 1e-7:
        assert LOSSES["sparse_crossentropy"].value(p, y) == pytest.approx(loss, rel=1e-9, abs=1e-12)
    assert LOSSES["categorical_crossentropy_from_logits"].value(z, one_hot(y, 3)) == loss


@given(logits, classes)
def test_two_classes_are_one_yes_or_no(z: Numbers, y: Numbers) -> None:
    """Binary cross-entropy of z is the cross-entropy of the logits 0 and z."""
    yes, single = (y > 0).astype(np.int64), z[:, 0]
    both = np.stack([np.zeros(5), single], axis=1)
    expected = LOSSES["sparse_crossentropy_from_logits"].value(both, yes)
    assert LOSSES["binary_crossentropy_from_logits"].value(single, yes) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(classes, npst.arrays(np.float64, 3, elements=st.floats(-5, 5)))
def test_no_constant_answer_is_better_than_the_least(y: Numbers, z: Numbers) -> None:
    """`least` is what a model has learned that ignores its inputs."""
    loss = LOSSES["sparse_crossentropy_from_logits"]
    assert loss.value(np.tile(z, (5, 1)), y) >= loss.least(y) - 1e-9


@pytest.mark.parametrize(
    ("name", "labels", "least"),
    [
        pytest.param("sparse_crossentropy", [0, 1, 0, 1], LN2, id="two classes"),
        pytest.param("categorical_crossentropy", [[1, 0], [0, 1]], LN2, id="one-hot"),
        pytest.param("binary_crossentropy_from_logits", [[0, 1, 1, 0]], LN2, id="a row"),
        pytest.param("mean_squared_error", [0.0, 2.0], 1.0, id="variance"),
        pytest.param("mean_squared_error", [[0.0, 2.0]], 1.0, id="variance of a row"),
    ],
)
def test_the_least_loss_of_a_constant_answer(name: LossName, labels: list[int], least: float) -> None:
    """The entropy of the labels, or their variance."""
    assert LOSSES[name].least(np.asarray(labels)) == pytest.approx(least)


@pytest.mark.parametrize(
    ("name", "outputs", "labels"),
    [
        pytest.param("sparse_crossentropy", np.ones((3, 2)), np.zeros(2), id="a row too many"),
        pytest.param("sparse_crossentropy_from_logits", np.ones(2), np.zeros(2), id="one number each"),
        pytest.param("binary_crossentropy", np.ones((2, 2)), np.zeros(2), id="two numbers each"),
        pytest.param("mean_squared_error", np.ones(3), np.zeros(2), id="another count"),
        pytest.param("categorical_crossentropy", np.ones((2, 2)), np.zeros(2), id="labels that are no rows"),
    ],
)
def test_outputs_that_do_not_fit_are_a_value_error(name: LossName, outputs: Numbers, labels: Numbers) -> None:
    """Nothing is broadcast."""
    with pytest.raises(ValueError, match="shape"):
        LOSSES[name].value(outputs, labels)


@pytest.mark.parametrize(
    ("outputs", "classes", "are"),
    [
        pytest.param(HALF, True, True, id="rows that sum to 1"),
        pytest.param(2 * HALF, True, False, id="rows that sum to 2"),
        pytest.param([[1.5, -0.5]], True, False, id="outside 0 to 1"),
        pytest.param([0.2, 0.9], False, True, id="single chances"),
        pytest.param([0.2, 1.9], False, False, id="a chance above 1"),
    ],
)
def test_probabilities_are_told_from_other_numbers(outputs: list[float], classes: bool, are: bool) -> None:
    """Without this, outputs of 1 for every class would have no loss at all."""
    assert are_probabilities(np.asarray(outputs), classes=classes) == are
