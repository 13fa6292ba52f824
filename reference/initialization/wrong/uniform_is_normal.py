"""Draws from a normal distribution."""

EXERCISE = "glorot_uniform"
LOSES = ("range", "even")
HINT = "Your weights form a bell curve and leave the range. Here every value between the ends is equally likely."

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))
