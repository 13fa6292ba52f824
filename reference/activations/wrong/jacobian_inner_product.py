"""Multiplies to a single number instead of a matrix."""

EXERCISE = "softmax_jacobian"
LOSES = ("example", "drawn", "single")
HINT = "Each pair of probabilities has a product of its own. You subtracted one and the same number everywhere."

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z) / np.sum(np.exp(z))
    return np.diag(a) - a @ a
