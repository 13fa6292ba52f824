"""What a lab's text leaves open costs nothing."""

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

LABS = Path(__file__).parents[2] / "assignments"


def named(lab: str, name: str) -> Any:
    """What the lab's declaration binds to that name."""
    return runpy.run_path(str(LABS / lab / "assignment.py"))[name]


def test_a_perceptron_with_weights_of_a_tenth_is_the_gate() -> None:
    """A weighted sum that is 0 up to rounding is 0, and the perceptron is silent there."""
    assert named("perceptrons", "is_the_gate")(np.array([-0.3, 0.1, 0.1, 0.1, 0.1]), 4, 4)


@pytest.mark.parametrize("classes", [[3, 1, 0, 2], np.array([2, 3, 1, 0]), {1, 0, 3, 2}], ids=["list", "array", "set"])
def test_classes_may_stand_in_any_order(classes: Any) -> None:
    """The text asks for each class once, and for no order."""
    assert list(named("multiclass_lab", "as_sorted")(classes)) == [0, 1, 2, 3]


@pytest.mark.parametrize("lab", ["softmax_lab", "sequential_api"])
def test_true_and_false_are_ones_and_zeros(lab: str) -> None:
    """Rows that were compared and left so are right rows."""
    assert named(lab, "zeros_and_ones")(np.array([[True, False]])).tolist() == [[1.0, 0.0]]


def test_first_parameters_may_keep_company() -> None:
    """A further entry is not forbidden; a W or b of a layer that is not there is wrong."""
    parameters: dict[str, Any] = {
        "W1": np.ones((2, 3)),
        "b1": np.zeros((2, 1)),
        "W2": np.ones((1, 2)),
        "b2": np.zeros((1, 1)),
    }
    has_shapes = named("deep_network", "has_shapes")
    assert has_shapes({**parameters, "n_h": 2}, 3, 2, 1)
    assert not has_shapes({**parameters, "W3": np.ones((1, 1))}, 3, 2, 1)
