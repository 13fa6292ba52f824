"""Has the sign of the leak turned."""

EXERCISE = "leaky_relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "Your slope is negative on the left, but the curve rises there too, if only a little."

import numpy as np


def leaky_relu_derivative(z):
    return np.where(z > 0, 1.0, -0.01)
