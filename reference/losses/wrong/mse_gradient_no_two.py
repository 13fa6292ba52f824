"""Forgets the factor 2."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = (
    "Both derivatives are half as large as they should be. What happens to the exponent when a square is "
    "differentiated?"
)

import numpy as np


def mse_gradient(x, y, w, b):
    errors = w * x + b - y
    return np.mean(x * errors), np.mean(errors)
