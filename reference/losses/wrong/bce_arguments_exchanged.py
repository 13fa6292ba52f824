"""Takes the logarithm of the labels."""

EXERCISE = "binary_cross_entropy"
LOSES = ("example", "drawn", "one_class")
HINT = "You took the logarithm of the labels, and log 0 is not a number. Of what is it meant to be taken?"

import numpy as np


def binary_cross_entropy(y, yhat):
    return -np.mean(yhat * np.log(y) + (1 - yhat) * np.log(1 - y))
