"""Adds up without dividing."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss grows with the number of examples. The mean was asked."

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return -np.sum(np.log(P[np.arange(len(y)), y]))
