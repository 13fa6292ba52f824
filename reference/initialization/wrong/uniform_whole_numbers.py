"""Draws whole numbers."""

EXERCISE = "glorot_uniform"
LOSES = ("random", "range", "even", "repeats")
HINT = "Your weights are whole numbers. Between the ends of the range every real number should be possible."

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    return np.random.default_rng(seed).integers(-1, 2, (n_in, n_out)) * np.sqrt(6 / (n_in + n_out))
