"""Divides the array in place, which whole numbers do not allow."""

EXERCISE = "normalize_rows"
LOSES = ("integers",)
HINT = (
    "Fractions are right, whole numbers raise an error: dividing in place would have to keep the quotients as "
    "whole numbers."
)

import numpy as np


def normalize_rows(x):
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    return x
