"""Writes the norm out."""

EXERCISE = "normalize_rows"

import numpy as np


def normalize_rows(x):
    return x / np.sqrt(np.sum(x * x, axis=1, keepdims=True))
