"""Subtracts the logarithm from 1 instead of taking that of 1 - yhat."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "For label 0 you took 1 minus a logarithm. The logarithm of something else was asked."

import numpy as np


def binary_cross_entropy(y, yhat):
    return -np.mean(y * np.log(yhat) + (1 - y) * (1 - np.log(yhat)))
