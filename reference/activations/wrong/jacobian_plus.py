"""Adds the products instead of subtracting them."""

EXERCISE = "softmax_jacobian"
LOSES = ("example", "drawn", "single")
HINT = "Beside the diagonal your signs are turned: when one score grows, the other probabilities shrink."

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z) / np.sum(np.exp(z))
    return np.diag(a) + np.outer(a, a)
