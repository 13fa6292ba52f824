"""Keeps x in db."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = "dw is right, and your db is the same number. When b moves, all predictions move alike."

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - (w * x + b)
    return -2 * np.mean(x * errors), -2 * np.mean(x * errors)
