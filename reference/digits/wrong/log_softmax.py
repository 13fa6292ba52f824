"""The logarithm of softmax is returned, as the loss uses it."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "This is the logarithm of softmax: a probability is never negative. One step too many was taken."

import numpy as np


def my_softmax(z):
    return z - np.log(np.sum(np.exp(z)))
