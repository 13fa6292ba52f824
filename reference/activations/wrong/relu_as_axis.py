"""Passes z where NumPy expects an axis."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = (
    "If you call `np.max(0, z)`: it takes z for an axis. Which function takes the larger of two values, entry by entry?"
)

import numpy as np


def relu(z):
    return np.max(0, z)
