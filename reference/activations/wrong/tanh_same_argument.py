"""Forgets to double the argument of the sigmoid."""

EXERCISE = "tanh"
LOSES = ("example", "drawn", "shapes")
HINT = "Your curve runs from -1 to 1, but too slowly: it is that of z / 2. What goes into the sigmoid?"

import numpy as np


def tanh(z):
    return 2 / (1 + np.exp(-z)) - 1
