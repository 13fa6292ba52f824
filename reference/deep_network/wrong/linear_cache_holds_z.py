"""Keeps Z in place of A."""

EXERCISE = "linear_forward"
LOSES = ("cache",)
HINT = "Your cache holds Z. Which matrix that came in will dW need later?"

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (Z, W, b)
    return Z, cache
