"""Returns ReLU itself."""

EXERCISE = "relu_derivative"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "This is ReLU. Its slope does not grow with z."

import numpy as np


def relu_derivative(z):
    return np.maximum(0, z)
