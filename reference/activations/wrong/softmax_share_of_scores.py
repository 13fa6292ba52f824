"""Divides the scores by their sum."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = (
    "Each score was divided by the sum of the scores. Negative scores give negative answers that way: where is "
    "the power of e?"
)

import numpy as np


def softmax(z):
    return z / np.sum(z)
