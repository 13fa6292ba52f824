"""Takes the size of the errors instead of their squares."""

EXERCISE = "mse"
LOSES = ("example", "drawn")
HINT = "This is the mean absolute error. Here large errors should weigh more: what is done to each of them?"

import numpy as np


def mse(y, yhat):
    return np.mean(np.abs(y - yhat))
