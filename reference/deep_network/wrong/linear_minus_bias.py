"""Subtracts the bias."""

EXERCISE = "linear_forward"
LOSES = ("example", "drawn", "cache")
HINT = "Your Z is right when b is 0, and off by twice the bias otherwise. Which way does b go?"

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W, A) - b
    cache = (A, W, b)
    return Z, cache
