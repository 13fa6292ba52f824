"""Draws one row and copies it."""

EXERCISE = "he_normal"
LOSES = ("random", "variance", "centred", "normal", "repeats")
HINT = "All rows of your matrix are alike: the neurons could not tell the inputs apart."

import numpy as np


def he_normal(n_in, n_out, seed):
    row = np.random.default_rng(seed).normal(0, np.sqrt(2 / n_in), n_out)
    return np.tile(row, (n_in, 1))
