"""Takes the root of the sum."""

EXERCISE = "l2"
LOSES = ("example", "drawn", "perfect")
HINT = "This is the length of the difference. The loss is the sum of squares itself, without the root."

import numpy as np


def L2(yhat, y):
    return np.linalg.norm(y - yhat)
