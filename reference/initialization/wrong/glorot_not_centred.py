"""Draws around the standard deviation."""

EXERCISE = "glorot_normal"
LOSES = ("variance", "centred")
HINT = "Your weights lie around a positive number. Which argument of `normal` is the middle?"

import numpy as np


def glorot_normal(n_in, n_out, seed):
    deviation = np.sqrt(2 / (n_in + n_out))
    return np.random.default_rng(seed).normal(deviation, deviation, (n_in, n_out))
