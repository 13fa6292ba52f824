"""Forgets the minus."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Your cost is below 0. A logarithm of a probability is negative: what turns it round?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return np.squeeze(cost)
