"""Counts the inputs only."""

EXERCISE = "glorot_uniform"
LOSES = ("range",)
HINT = "Your range depends on the inputs alone. What else is in the denominator?"

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = np.sqrt(6 / n_in)
    return np.random.default_rng(seed).uniform(-r, r, (n_in, n_out))
