"""Forgets to divide."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "These are the powers of e. What makes probabilities of them?"

import numpy as np


def softmax(x):
    return np.exp(x)
