"""Picks the columns of all labels from every row."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "You took the columns of all labels from every row. Each row has one label of its own."

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return -np.mean(np.log(P[:, y]))
