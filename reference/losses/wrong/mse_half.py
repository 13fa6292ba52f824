"""Divides by twice the number of examples."""

EXERCISE = "mse"
LOSES = ("example", "drawn")
HINT = "Your answer is half of what was asked. The factor one half belongs to another cost, in the next exercise."

import numpy as np


def mse(y, yhat):
    return np.sum((y - yhat) ** 2) / (2 * len(y))
