"""Divides by the lengths of the columns."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "Your columns have length 1. Along which axis do you measure a row?"

import numpy as np


def normalize_rows(x):
    return x / np.linalg.norm(x, axis=0, keepdims=True)
