"""Forgets the minus sign."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "Your loss is negative. Logarithms of probabilities are; what turns them into a loss?"

import numpy as np


def binary_cross_entropy(y, yhat):
    return np.mean(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
