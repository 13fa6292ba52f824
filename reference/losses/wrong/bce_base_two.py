"""Uses the logarithm to base 2."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "Your loss is measured in bits: it is right up to one constant factor. Which logarithm is meant?"

import numpy as np


def binary_cross_entropy(y, yhat):
    return -np.mean(y * np.log2(yhat) + (1 - y) * np.log2(1 - yhat))
