"""Adds up without dividing."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "Your loss grows with the number of examples. The mean was asked."

import numpy as np


def binary_cross_entropy(y, yhat):
    return -np.sum(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
