"""The numbers are right but come back as a column of shape (N, 1)."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "The numbers are right; their arrangement is not. The answer should have the same shape (N,) as z."

import numpy as np


def my_softmax(z):
    z = z.reshape(-1, 1)
    ez = np.exp(z)
    return ez / np.sum(ez)
