"""Chooses by the mask."""

EXERCISE = "dropout"

import numpy as np


def dropout(A, mask, p):
    return np.where(mask == 1, A / (1 - p), 0.0)
