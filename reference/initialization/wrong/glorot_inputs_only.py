"""Counts the inputs only."""

EXERCISE = "glorot_normal"
LOSES = ("variance",)
HINT = "Your variance is 2 / n_in, which is He's. What does Glorot add in the denominator?"

import numpy as np


def glorot_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / n_in), (n_in, n_out))
