"""Takes absolute values instead of squares."""

EXERCISE = "l2"
LOSES = ("example", "drawn", "perfect")
HINT = "Your differences are not squared: that is the other loss of this lab."

import numpy as np


def L2(yhat, y):
    return np.sum(np.abs(y - yhat))
