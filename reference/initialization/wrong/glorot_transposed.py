"""Exchanges rows and columns."""

EXERCISE = "glorot_normal"
LOSES = ("shape", "random", "variance", "centred", "normal", "repeats")
HINT = "Your layer lies on its side: inputs should be rows, neurons columns."

import numpy as np


def glorot_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in + n_out)), (n_out, n_in))
