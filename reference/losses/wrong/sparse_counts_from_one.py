"""Takes the labels for numbers that start at 1."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your columns are off by one. Labels start at 0, as columns do."

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return -np.mean(np.log(P[np.arange(len(y)), y - 1]))
