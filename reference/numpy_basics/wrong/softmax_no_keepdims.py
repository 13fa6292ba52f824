"""Loses the second axis of the sums."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "NumPy cannot match your sums with the rows. What shape do they need, to stand beside the rows as a column?"

import numpy as np


def softmax(x):
    powers = np.exp(x)
    return powers / np.sum(powers, axis=1)
