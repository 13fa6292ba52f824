"""Forgets the minus sign."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss is negative. Logarithms of probabilities are; what turns them into a loss?"

import numpy as np


def categorical_cross_entropy(Y, P):
    return np.sum(Y * np.log(P)) / Y.shape[0]
