"""Gives each label the logarithm of the other."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "Confident right answers are expensive in your loss. Which logarithm belongs to the label 1?"

import numpy as np


def binary_cross_entropy(y, yhat):
    return -np.mean((1 - y) * np.log(yhat) + y * np.log(1 - yhat))
