"""Adds the square."""

EXERCISE = "tanh_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "Your slope is smallest at 0, where the curve is steepest. Check the sign between the two terms."

import numpy as np


def tanh_derivative(z):
    return 1 + np.tanh(z) ** 2
