"""Draws one row and copies it."""

EXERCISE = "dropout_mask"
LOSES = ("share", "one_by_one", "repeats")
HINT = "All examples lose the same neurons in your mask. Each of them should be decided by itself."

import numpy as np


def dropout_mask(rows, columns, p, seed):
    row = np.random.default_rng(seed).random(columns) >= p
    return np.tile(row, (rows, 1)).astype(float)
