"""A few quick tests to run while working. They are not the grading: that looks at more, and elsewhere."""

import numpy as np

__all__ = [
    "initialize_with_zeros_test",
    "model_test",
    "optimize_test",
    "predict_test",
    "propagate_test",
    "sigmoid_test",
]

W, B = np.array([[1.0], [2.0]]), 1.5
X, Y = np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.0]]), np.array([[1, 1, 0]])


def _near(what, got, expected):
    assert np.shape(got) == np.shape(expected), f"{what} has shape {np.shape(got)}, not {np.shape(expected)}."
    assert np.allclose(got, expected, atol=1e-4), f"{what} is {got}, not {expected}."


def sigmoid_test(target):
    """Try a sigmoid on a small vector."""
    _near("sigmoid([0, 2])", target(np.array([0.0, 2.0])), [0.5, 0.8808])
    print("All tests passed.")


def initialize_with_zeros_test(target, *_):
    """Look at the parameters for three features."""
    w, b = target(3)
    _near("w", w, np.zeros((3, 1)))
    _near("b", np.squeeze(b), 0.0)
    print("All tests passed.")


def propagate_test(target):
    """Try cost and gradients on three examples."""
    grads, cost = target(W.copy(), B, X.copy(), Y.copy())
    _near("dw", grads["dw"], [[0.2503], [-0.0672]])
    _near("db", np.squeeze(grads["db"]), -0.1246)
    _near("cost", np.squeeze(cost), 0.1595)
    print("All tests passed.")


def optimize_test(target):
    """Try 101 steps."""
    params, _, costs = target(W.copy(), B, X.copy(), Y.copy(), num_iterations=101, learning_rate=0.05)
    _near("w", params["w"], [[0.3666], [2.1879]])
    _near("costs", np.squeeze(costs), [0.1595, 0.0383])
    print("All tests passed.")


def predict_test(target):
    """Try three predictions."""
    found = target(np.array([[1.0], [-2.0]]), 0.5, np.array([[3.0, 0.0, 1.0], [1.0, 4.0, -1.0]]))
    _near("the prediction", found, [[1, 0, 1]])
    print("All tests passed.")


def model_test(target):
    """Train on three examples, and predict them."""
    found = target(X.copy(), Y.copy(), X.copy(), Y.copy(), num_iterations=50, learning_rate=0.1)
    _near("the shape of w", np.shape(found["w"]), (2, 1))
    _near("the prediction", found["Y_prediction_test"], Y)
    print("All tests passed.")
