"""Applies the sigmoid already here."""

EXERCISE = "linear_forward"
LOSES = ("example", "drawn", "cache")
HINT = "All entries of your Z lie between 0 and 1: that is an activation already. What comes before it?"

import numpy as np


def linear_forward(A, W, b):
    Z = 1 / (1 + np.exp(-(np.dot(W, A) + b)))
    cache = (A, W, b)
    return Z, cache
