"""Divides by the number of entries."""

EXERCISE = "l2"
LOSES = ("example", "drawn", "perfect")
HINT = "This is the average of the squares. Asked was their sum."

import numpy as np


def L2(yhat, y):
    return np.mean(np.square(y - yhat))
