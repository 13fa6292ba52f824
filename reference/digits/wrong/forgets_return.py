"""The result is printed but not returned."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "The function computes something but hands nothing back: a function without a return gives None."

import numpy as np


def my_softmax(z):
    ez = np.exp(z)
    a = ez / np.sum(ez)
    print(a)
