"""Multiplies the numbers of inputs and outputs."""

EXERCISE = "glorot_normal"
LOSES = ("variance",)
HINT = "Your denominator is the number of weights. Inputs and outputs are added, not multiplied."

import numpy as np


def glorot_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in * n_out)), (n_in, n_out))
