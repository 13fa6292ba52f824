"""Returns one number for each entry."""

EXERCISE = "l1"
LOSES = ("example", "drawn", "perfect")
HINT = "The sizes of the differences are right. The loss is one number for all of them."

import numpy as np


def L1(yhat, y):
    return np.abs(y - yhat)
