"""Lets a thousandth through."""

EXERCISE = "leaky_relu"
LOSES = ("example", "drawn", "shapes", "integers", "unchanged")
HINT = "Too little leaks on the negative side. How many zeros stand in the formula?"

import numpy as np


def leaky_relu(z):
    return np.maximum(0.001 * z, z)
