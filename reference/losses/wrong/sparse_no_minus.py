"""Forgets the minus sign."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss is negative. Logarithms of probabilities are; what turns them into a loss?"

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return np.mean(np.log(P[np.arange(len(y)), y]))
