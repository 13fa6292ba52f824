"""Forgets the sum."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn")
HINT = "You return a number for each example. The cost is one number for all of them."

import numpy as np


def compute_cost(A2, Y):
    return -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]
