"""Lets a hundredth of negative entries through."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "Below 0 a little still leaks through. Plain ReLU is strict there: how much is left of a negative entry?"

import numpy as np


def relu(z):
    return np.where(z > 0, z, 0.01 * z)
