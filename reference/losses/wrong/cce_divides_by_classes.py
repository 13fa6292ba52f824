"""Divides by the number of classes instead of the number of examples."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "You divided by the number of columns. How many examples are there?"

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.sum(Y * np.log(P)) / Y.shape[1]
