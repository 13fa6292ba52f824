"""Adds the squared errors up without dividing."""

EXERCISE = "mse"
LOSES = ("example", "drawn")
HINT = "Your answer grows with the number of examples. The first letter of the name says what is missing."

import numpy as np


def mse(y, yhat):
    return np.sum((y - yhat) ** 2)
