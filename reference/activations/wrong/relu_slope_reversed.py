"""Exchanges the two sides."""

EXERCISE = "relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "Your slope is 1 where the curve is flat and 0 where it rises."

import numpy as np


def relu_derivative(z):
    return np.where(z > 0, 0.0, 1.0)
