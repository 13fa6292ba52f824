"""Leaves x out of dw."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = "db is right, and your dw is the same number. When w moves by a little, which examples move most?"

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - (w * x + b)
    return -2 * np.mean(errors), -2 * np.mean(errors)
