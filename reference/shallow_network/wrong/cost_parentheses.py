"""Divides only one half of the cost by m."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn")
HINT = "Only one of the two logarithms is divided by m. What do the parentheses enclose?"

import numpy as np


def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2)) / Y.shape[1] - np.sum((1 - Y) * np.log(1 - A2))
