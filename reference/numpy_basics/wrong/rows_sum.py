"""Divides by the sum of the entries."""

EXERCISE = "normalize_rows"
LOSES = ("example", "drawn", "integers", "unit")
HINT = "Your rows add up to 1; asked was a length of 1. The length is a root of a sum of squares."

import numpy as np


def normalize_rows(x):
    with np.errstate(all="ignore"):
        return x / np.sum(x, axis=1, keepdims=True)
