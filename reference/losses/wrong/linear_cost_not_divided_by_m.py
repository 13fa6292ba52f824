"""Divides by 2 only."""

EXERCISE = "linear_cost"
LOSES = ("example", "drawn")
HINT = "Your cost is half the sum of the squares. How many examples is it spread over?"

import numpy as np


def linear_cost(x, y, w, b):
    return np.sum((w * x + b - y) ** 2) / 2
