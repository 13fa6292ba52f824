"""A few quick tests to run while working. They are not the grading: that looks at more, and elsewhere."""

import numpy as np
from testCases_v2 import (
    backward_propagation_test_case,
    compute_cost_test_case,
    forward_propagation_test_case,
    nn_model_test_case,
    predict_test_case,
    update_parameters_test_case,
)

__all__ = [
    "backward_propagation_test",
    "compute_cost_test",
    "forward_propagation_test",
    "initialize_parameters_test",
    "layer_sizes_test",
    "nn_model_test",
    "predict_test",
    "update_parameters_test",
]


def _near(what, got, expected):
    assert np.shape(got) == np.shape(expected), f"{what} has shape {np.shape(got)}, not {np.shape(expected)}."
    assert np.allclose(got, expected, atol=1e-4), f"{what} is {got}, not {expected}."


def layer_sizes_test(target):
    """Try two data sets."""
    _near("layer_sizes", target(np.ones((5, 3)), np.ones((2, 3))), (5, 4, 2))
    print("All tests passed!")


def initialize_parameters_test(target):
    """Look at the shapes of a small network."""
    shapes = {"W1": (5, 3), "b1": (5, 1), "W2": (2, 5), "b2": (2, 1)}
    for name, value in target(3, 5, 2).items():
        assert np.shape(value) == shapes[name], f"{name} has shape {np.shape(value)}, not {shapes[name]}."
    print("All tests passed!")


def forward_propagation_test(target):
    """Try three examples."""
    A2, _ = target(*forward_propagation_test_case())
    _near("A2", A2, [[0.2682, 0.5990, 0.8310]])
    print("All tests passed!")


def compute_cost_test(target):
    """Try three outputs."""
    A2, Y, _ = compute_cost_test_case()
    _near("the cost", np.squeeze(target(A2, Y)), 0.3714)
    print("All tests passed!")


def backward_propagation_test(target):
    """Try three examples."""
    parameters, cache, X, Y = backward_propagation_test_case()
    grads = target(parameters, cache, X, Y)
    _near("db2", grads["db2"], [[-0.1006]])
    _near("dW2", grads["dW2"], [[-0.2155, -0.3329, 0.2155, -0.0439]])
    for name, value in parameters.items():
        assert np.shape(grads["d" + name]) == value.shape, f"d{name} has shape {np.shape(grads['d' + name])}."
    print("All tests passed!")


def update_parameters_test(target):
    """Try one step."""
    parameters, grads = update_parameters_test_case()
    _near("W2", target(parameters, grads, 1.2)["W2"], [[0.08, -0.52, -0.02, 0.28]])
    print("All tests passed!")


def nn_model_test(target):
    """Look at the shapes of a trained network."""
    X, Y = nn_model_test_case()
    found = target(X, Y, 4, num_iterations=20)
    _near("the shape of W1", np.shape(found["W1"]), (4, 2))
    _near("the shape of b2", np.shape(found["b2"]), (1, 1))
    print("All tests passed!")


def predict_test(target):
    """Try three examples."""
    _near("the prediction", np.array(target(*predict_test_case()), dtype=float), [[0, 1, 1]])
    print("All tests passed!")
