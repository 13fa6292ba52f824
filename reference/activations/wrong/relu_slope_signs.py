"""Returns the sign of each entry."""

EXERCISE = "relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "For negative entries you answer -1: there the curve would fall. Does ReLU fall on its left side?"

import numpy as np


def relu_derivative(z):
    return np.sign(z)
