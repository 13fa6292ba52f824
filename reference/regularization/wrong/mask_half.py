"""Drops half, whatever p is."""

EXERCISE = "dropout_mask"
LOSES = ("share", "one_by_one", "repeats")
HINT = "You drop about half whatever p is. What are the random numbers compared with?"

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return np.random.default_rng(seed).integers(0, 2, (rows, columns))
