"""Takes the root of the denominator alone."""

EXERCISE = "glorot_normal"
LOSES = ("variance",)
HINT = "Your root covers the denominator alone. The 2 belongs to the variance as well."

import numpy as np


def glorot_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, 2 / np.sqrt(n_in + n_out), (n_in, n_out))
