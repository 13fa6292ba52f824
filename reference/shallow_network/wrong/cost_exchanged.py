"""Exchanges outputs and labels."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Here the logarithm is taken of the labels, which are 0 and 1. Whose logarithm does the formula take?"

import numpy as np


def compute_cost(A2, Y):
    with np.errstate(all="ignore"):
        return -np.sum(A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)) / Y.shape[1]
