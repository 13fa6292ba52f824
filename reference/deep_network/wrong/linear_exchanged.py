"""Multiplies in the other order."""

EXERCISE = "linear_forward"
LOSES = ("example", "drawn", "cache")
HINT = (
    "Your product A W does not fit together for most sizes. Which of the two has a row for each unit of the new layer?"
)

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(A, W) + b
    cache = (A, W, b)
    return Z, cache
