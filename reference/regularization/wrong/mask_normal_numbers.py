"""Compares normal numbers with p."""

EXERCISE = "dropout_mask"
LOSES = ("share", "one_by_one", "repeats")
HINT = (
    "You compared p with numbers of a bell curve, so the share is wrong. Which distribution falls below p with "
    "probability p?"
)

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return (np.random.default_rng(seed).normal(size=(rows, columns)) >= p).astype(float)
