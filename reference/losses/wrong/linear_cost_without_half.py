"""Leaves the factor one half out."""

EXERCISE = "linear_cost"
LOSES = ("example", "drawn")
HINT = "Your cost is twice as large as it should be. Look at the factor in front of the sum."

import numpy as np


def linear_cost(x, y, w, b):
    return np.mean((w * x + b - y) ** 2)
