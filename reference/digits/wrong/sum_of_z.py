"""The powers are divided by the sum of z instead of by the sum of the powers."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Above the line stand powers of e, below it plain entries of z. The sum runs over the powers too."

import numpy as np


def my_softmax(z):
    return np.exp(z) / np.sum(z)
