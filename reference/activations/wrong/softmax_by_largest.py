"""Divides by the largest power."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "Your largest answer is always 1. The formula divides by something bigger than the largest power."

import numpy as np


def softmax(z):
    powers = np.exp(z)
    return powers / np.max(powers)
