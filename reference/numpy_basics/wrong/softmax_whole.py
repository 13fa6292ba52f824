"""Divides by the sum of the whole matrix."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "All rows together add up to 1. Each of them should do so by itself."

import numpy as np


def softmax(x):
    powers = np.exp(x)
    return powers / np.sum(powers)
