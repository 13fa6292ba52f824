"""The exponent has a minus sign, perhaps from the sigmoid, so the order is reversed."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Your biggest entry gets the smallest probability. Is there a minus sign left over from the sigmoid?"

import numpy as np


def my_softmax(z):
    ez = np.exp(-z)
    return ez / np.sum(ez)
