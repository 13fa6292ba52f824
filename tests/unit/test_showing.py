"""How values are shown: short, whatever their size and shape."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judging.showing import MAX_CALL_TEXT, call_text, shown
from grader.messages import ENGLISH
from grader.render import terms
from grader.wall.values import Value, array, freeze


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(array([1.0, 2.5]), "[1., 2.5]", id="a vector"),
        pytest.param(2.0, "2", id="a number"),
        pytest.param((array(1), None), "(1, None)", id="a tuple"),
        pytest.param(
            array(np.zeros((7,) * 6, dtype=np.int8)),
            "[0, 0, 0, 0, 0, 0] and 117,643 more, in an array of shape (7, 7, 7, 7, 7, 7)",
            id="many dimensions",
        ),
    ],
)
def test_a_value_is_shown_in_few_words(value: Value, text: str) -> None:
    """NumPy would write six entries for each of the dimensions; we write six."""
    assert terms.value(shown(value), ENGLISH).replace(" ", "") == text.replace(" ", "")


def test_a_call_reads_as_one_would_type_it() -> None:
    """With the dtype where it is not the obvious one, and never longer than a few lines."""
    assert call_text("f", (array(np.array([1, 2], dtype=np.int8)),)) == "f(np.array([1, 2], dtype=np.int8))"
    assert len(call_text("f", ("x" * 9_000,))) <= MAX_CALL_TEXT


def test_arrays_within_a_call_can_be_pasted_too() -> None:
    """A dictionary of parameters is shown as one would type it."""
    call = call_text("f", (freeze({"W": np.array([[1.0]]), "caches": [(np.array([2]), 0.5)]}),))

    assert call == "f({'W': np.array([[1.]]), 'caches': [(np.array([2]), 0.5)]})"
