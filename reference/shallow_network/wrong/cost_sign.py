"""Forgets the minus."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Your cost is negative. Logarithms of probabilities are negative: what turns them around?"

import numpy as np


def compute_cost(A2, Y):
    return np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]
