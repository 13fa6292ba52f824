"""Keeps with probability p."""

EXERCISE = "dropout_mask"
LOSES = ("share", "one_by_one", "repeats")
HINT = "With p = 0.2 four fifths of your mask are 0. Is p the probability to stay, or to be dropped?"

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return (np.random.default_rng(seed).random((rows, columns)) < p).astype(float)
