"""Adds up along the columns."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "Your columns add up to 1. Each row holds the scores of one example."

import numpy as np


def softmax(x):
    powers = np.exp(x)
    return powers / np.sum(powers, axis=0, keepdims=True)
