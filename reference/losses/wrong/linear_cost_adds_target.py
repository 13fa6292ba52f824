"""Adds the target instead of subtracting it."""

EXERCISE = "linear_cost"
LOSES = ("example", "drawn")
HINT = "An error is the difference of prediction and target. In your cost they are added."

import numpy as np


def linear_cost(x, y, w, b):
    return np.sum((w * x + b + y) ** 2) / (2 * len(x))
