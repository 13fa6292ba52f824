"""The maximum is subtracted above the fraction line but not below it."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Subtracting the maximum is a good idea, and it cancels out if numerator and denominator both do it."

import numpy as np


def my_softmax(z):
    ez = np.exp(z - np.max(z))
    return ez / np.sum(np.exp(z))
