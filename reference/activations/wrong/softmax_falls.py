"""Raises e to -z."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "The largest score got the smallest probability. Check the sign in the power."

import numpy as np


def softmax(z):
    powers = np.exp(-z)
    return powers / np.sum(powers)
