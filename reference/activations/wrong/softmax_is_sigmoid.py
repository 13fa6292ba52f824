"""Applies the sigmoid to each score."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "Each score was treated by itself. In softmax they compete: the sum over all of them must come in."

import numpy as np


def softmax(z):
    return 1 / (1 + np.exp(-z))
