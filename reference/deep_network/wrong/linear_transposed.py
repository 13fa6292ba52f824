"""Transposes W, as logistic regression does."""

EXERCISE = "linear_forward"
LOSES = ("example", "drawn", "cache")
HINT = "You transpose W. In logistic regression w was a column; what is W here, and does it have to be turned?"

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W.T, A) + b
    cache = (A, W, b)
    return Z, cache
