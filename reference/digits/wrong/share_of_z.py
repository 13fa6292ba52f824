"""Each entry is divided by the sum of the entries, without the exponential."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "You divide each entry by their sum, but the exponential is missing. With it, nothing is negative."

import numpy as np


def my_softmax(z):
    return z / np.sum(z)
