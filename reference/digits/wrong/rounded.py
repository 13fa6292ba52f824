"""The answer is rounded to the two decimals that the lab prints."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Your numbers are right to two decimals and cut off there. Printing rounds by itself; the function should not."

import numpy as np


def my_softmax(z):
    ez = np.exp(z)
    return np.round(ez / np.sum(ez), 2)
