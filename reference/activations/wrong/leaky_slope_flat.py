"""Uses the slopes of plain ReLU."""

EXERCISE = "leaky_relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "For negative entries you answer 0. There is a leak: which slope does it have?"

import numpy as np


def leaky_relu_derivative(z):
    return np.where(z > 0, 1.0, 0.0)
