"""Exchanges rows and columns."""

EXERCISE = "dropout_mask"
LOSES = ("shape", "zeros_and_ones", "share", "one_by_one", "repeats")
HINT = "Your mask lies on its side."

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return (np.random.default_rng(seed).random((columns, rows)) >= p).astype(float)
