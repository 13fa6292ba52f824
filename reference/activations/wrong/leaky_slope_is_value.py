"""Returns leaky ReLU itself."""

EXERCISE = "leaky_relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "These are the values of leaky ReLU, not its slopes."

import numpy as np


def leaky_relu_derivative(z):
    return np.maximum(0.01 * z, z)
