"""Turns the sign of what leaks through."""

EXERCISE = "leaky_relu"
LOSES = ("example", "drawn", "shapes", "integers", "unchanged")
HINT = "Your curve bounces up again below 0. A hundredth of a negative number is negative."

import numpy as np


def leaky_relu(z):
    return np.where(z > 0, z, -0.01 * z)
