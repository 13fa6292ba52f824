"""Squares the differences."""

EXERCISE = "l1"
LOSES = ("example", "drawn", "perfect")
HINT = "Your differences are squared: that is the other loss of this lab."

import numpy as np


def L1(yhat, y):
    return np.sum(np.square(y - yhat))
