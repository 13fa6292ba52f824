"""Takes the largest difference."""

EXERCISE = "l1"
LOSES = ("example", "drawn", "perfect")
HINT = "Only the largest difference counts in your answer. All of them should."

import numpy as np


def L1(yhat, y):
    return np.max(np.abs(y - yhat))
