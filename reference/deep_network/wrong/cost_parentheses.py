"""Lets the sum end after the first part."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Your cost is an array. Does your sum close before or after the second part of the formula?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -(np.sum(Y * np.log(AL)) + (1 - Y) * np.log(1 - AL)) / m
    return np.squeeze(cost)
