"""Chooses between 0 and 1 by their probabilities."""

EXERCISE = "dropout_mask"

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return np.random.default_rng(seed).choice([0.0, 1.0], size=(rows, columns), p=[p, 1 - p])
