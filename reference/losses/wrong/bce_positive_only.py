"""Counts the examples with label 1 only."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "Examples with label 0 cost nothing in your loss. A high prediction for them is wrong as well."

import numpy as np


def binary_cross_entropy(y, yhat):
    return -np.mean(y * np.log(yhat))
