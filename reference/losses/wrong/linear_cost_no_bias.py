"""Leaves b out of the line."""

EXERCISE = "linear_cost"
LOSES = ("example", "drawn")
HINT = "Your line always passes through the origin. What lifts it?"

import numpy as np


def linear_cost(x, y, w, b):
    return np.sum((w * x - y) ** 2) / (2 * len(x))
