"""Divides by 2m."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Your cost is half of what it should be. The 2 belongs to the squared error; is it in this formula?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / (2 * m)
    return np.squeeze(cost)
