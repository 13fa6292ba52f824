"""Leaves b out of the cache."""

EXERCISE = "linear_forward"
LOSES = ("cache",)
HINT = "Your cache has two parts. Three things went into Z."

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W)
    return Z, cache
