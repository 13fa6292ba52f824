"""Forgets 1/m."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn")
HINT = "Your cost is too large, and more so with more examples. It is a mean, not a sum."

import numpy as np


def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
