"""Forgets to double the sigmoid."""

EXERCISE = "tanh"
LOSES = ("example", "drawn", "shapes")
HINT = "Your curve runs from -1 to 0: it is not stretched before it is moved down."

import numpy as np


def tanh(z):
    return 1 / (1 + np.exp(-2 * z)) - 1
