"""Takes the root at the end."""

EXERCISE = "mse"
LOSES = ("example", "drawn")
HINT = "This is the root of what was asked."

import numpy as np


def mse(y, yhat):
    return np.sqrt(np.mean((y - yhat) ** 2))
