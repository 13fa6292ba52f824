"""Negates and divides only the first of the two sums."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "The part of the labels 0 enters with the wrong sign, and undivided. What should the parentheses hold together?"

import numpy as np


def binary_cross_entropy(y, yhat):
    m = len(y)
    return -1 / m * np.sum(y * np.log(yhat)) + np.sum((1 - y) * np.log(1 - yhat))
