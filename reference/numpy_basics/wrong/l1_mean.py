"""Divides by the number of entries."""

EXERCISE = "l1"
LOSES = ("example", "drawn", "perfect")
HINT = "This is the average of the differences. Asked was their sum."

import numpy as np


def L1(yhat, y):
    return np.mean(np.abs(y - yhat))
