"""Divides by the norm of the whole matrix."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "Every row is divided by the same number. Each row has a length of its own."

import numpy as np


def normalize_rows(x):
    return x / np.linalg.norm(x)
