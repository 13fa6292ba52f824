"""Takes the absolute value of the sum."""

EXERCISE = "l1"
LOSES = ("example", "drawn", "perfect")
HINT = (
    "Your sum is never negative, but inside it differences still cancel. What comes first, the absolute value or "
    "the sum?"
)

import numpy as np


def L1(yhat, y):
    return np.abs(np.sum(y - yhat))
