"""Turns the sign of the scores around."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "The largest score gets the smallest probability. What stands in the exponent?"

import numpy as np


def softmax(x):
    powers = np.exp(-x)
    return powers / np.sum(powers, axis=1, keepdims=True)
