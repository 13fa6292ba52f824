"""Multiplies the slope by z on the left."""

EXERCISE = "leaky_relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "On the left your answer changes with z. A straight piece has one slope."

import numpy as np


def leaky_relu_derivative(z):
    return np.where(z > 0, 1.0, 0.01 * z)
