"""Shrinks the positive side."""

EXERCISE = "leaky_relu"
LOSES = ("example", "drawn", "shapes", "integers", "unchanged")
HINT = "Your positive entries shrink and the negative ones stay. It should be the other way round."

import numpy as np


def leaky_relu(z):
    return np.minimum(0.01 * z, z)
