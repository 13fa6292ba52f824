"""Counts the inputs only."""

EXERCISE = "xavier"
LOSES = ("variance",)
HINT = "Your variance is that of 1 / n_in. What else is in the denominator?"

import numpy as np


def xavier(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / n_in), (n_in, n_out))
