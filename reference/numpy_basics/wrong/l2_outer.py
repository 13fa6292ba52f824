"""Multiplies every difference with every other."""

EXERCISE = "l2"
LOSES = ("example", "drawn", "perfect")
HINT = "A whole table comes out. Which product of a vector with itself gives one number?"

import numpy as np


def L2(yhat, y):
    return np.outer(y - yhat, y - yhat)
