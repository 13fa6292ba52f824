"""Squares the sum."""

EXERCISE = "l2"
LOSES = ("example", "drawn", "perfect")
HINT = "You add up first and square then, so that differences cancel. What comes first?"

import numpy as np


def L2(yhat, y):
    return np.square(np.sum(y - yhat))
