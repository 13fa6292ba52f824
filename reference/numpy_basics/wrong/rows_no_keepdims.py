"""Loses the second axis of the lengths."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "NumPy cannot match your lengths with the rows. What shape do they need, to stand beside the rows as a column?"

import numpy as np


def normalize_rows(x):
    return x / np.linalg.norm(x, axis=1)
