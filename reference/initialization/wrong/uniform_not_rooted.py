"""Forgets the root."""

EXERCISE = "glorot_uniform"
LOSES = ("range",)
HINT = "Your range is much too narrow: the formula gives the square of its end."

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = 6 / (n_in + n_out)
    return np.random.default_rng(seed).uniform(-r, r, (n_in, n_out))
