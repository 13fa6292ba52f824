"""Exchanges the two sides."""

EXERCISE = "leaky_relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "The small slope stands on the right. Which side leaks?"

import numpy as np


def leaky_relu_derivative(z):
    return np.where(z > 0, 0.01, 1.0)
