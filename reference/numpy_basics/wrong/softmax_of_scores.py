"""Divides by the sum of the scores."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "The numerator is right. The denominator adds up the scores themselves; it should add up their powers."

import numpy as np


def softmax(x):
    with np.errstate(all="ignore"):
        return np.exp(x) / np.sum(x, axis=1, keepdims=True)
