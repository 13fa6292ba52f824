"""Squares the mean error."""

EXERCISE = "mse"
LOSES = ("example", "drawn")
HINT = "Errors of opposite signs cancel in your answer. Which comes first, the square or the mean?"

import numpy as np


def mse(y, yhat):
    return np.mean(y - yhat) ** 2
