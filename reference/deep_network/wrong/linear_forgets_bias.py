"""Forgets the bias."""

EXERCISE = "linear_forward"
LOSES = ("example", "drawn", "cache")
HINT = "Your Z is the product alone. What is still missing from the formula?"

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W, A)
    cache = (A, W, b)
    return Z, cache
