"""Takes the larger of z and 0.01."""

EXERCISE = "leaky_relu"
LOSES = ("example", "drawn", "shapes", "integers", "unchanged")
HINT = "Every negative entry became 0.01, however far below 0 it is. What is 0.01 multiplied with?"

import numpy as np


def leaky_relu(z):
    return np.maximum(0.01, z)
