"""Asserts the shape, as older templates do."""

EXERCISE = "linear_forward"

import numpy as np


def linear_forward(A, W, b):
    Z = np.add(np.dot(W, A), b)
    assert Z.shape == (W.shape[0], A.shape[1])
    cache = (A, W, b)
    return Z, cache
