"""Exchanges rows and columns."""

EXERCISE = "glorot_uniform"
LOSES = ("shape", "random", "range", "even", "repeats")
HINT = "Your layer lies on its side: inputs should be rows, neurons columns."

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = np.sqrt(6 / (n_in + n_out))
    return np.random.default_rng(seed).uniform(-r, r, (n_out, n_in))
