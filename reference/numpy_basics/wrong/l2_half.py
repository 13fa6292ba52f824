"""Halves the sum."""

EXERCISE = "l2"
LOSES = ("example", "drawn", "perfect")
HINT = "Your loss is half of what was asked. Some texts put 1/2 in front; this lab does not."

import numpy as np


def L2(yhat, y):
    return np.sum(np.square(y - yhat)) / 2
