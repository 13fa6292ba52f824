"""Halves the mean."""

EXERCISE = "linear_cost"

import numpy as np


def linear_cost(x, y, w, b):
    return 0.5 * np.mean((y - b - w * x) ** 2)
