"""Computes the mean squared error."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "This is the squared error. For probabilities the lab uses the cross-entropy, the one with logarithms."

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = np.sum((AL - Y) ** 2) / m
    return np.squeeze(cost)
