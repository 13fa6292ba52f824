"""The powers of e are returned as they are, without dividing by their sum."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = (
    "Your numbers are in the right proportion to each other, but they do not sum to 1. What does the formula divide by?"
)

import numpy as np


def my_softmax(z):
    return np.exp(z)
