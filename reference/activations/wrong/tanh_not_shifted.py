"""Forgets to take 1 away."""

EXERCISE = "tanh"
LOSES = ("example", "drawn", "shapes")
HINT = "Your curve runs from 0 to 2. It has the right form and stands one too high."

import numpy as np


def tanh(z):
    return 2 / (1 + np.exp(-2 * z))
