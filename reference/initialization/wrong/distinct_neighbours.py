"""Compares each column with the one before it only."""

EXERCISE = "distinct_neurons"
LOSES = ("example", "drawn")
HINT = "Equal columns that stand apart are counted twice. With which columns is each to be compared?"

import numpy as np


def distinct_neurons(W):
    count = 1
    for j in range(1, W.shape[1]):
        if not np.array_equal(W[:, j], W[:, j - 1]):
            count += 1
    return count
