"""Returns 1 everywhere."""

EXERCISE = "relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "On the right side the slope is 1. What is it where the curve is flat?"

import numpy as np


def relu_derivative(z):
    return np.ones_like(z)
