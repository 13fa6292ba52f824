"""Forgets the square root."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "The row [0, 3, 4] is divided by 25, but its length is 5. What is missing between the two?"

import numpy as np


def normalize_rows(x):
    return x / np.sum(np.square(x), axis=1, keepdims=True)
