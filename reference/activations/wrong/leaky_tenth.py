"""Lets a tenth through."""

EXERCISE = "leaky_relu"
LOSES = ("example", "drawn", "shapes", "integers", "unchanged")
HINT = "Too much leaks on the negative side. How many zeros stand in the formula?"

import numpy as np


def leaky_relu(z):
    return np.maximum(0.1 * z, z)
