"""Draws from 0 on."""

EXERCISE = "glorot_uniform"
LOSES = ("range",)
HINT = "All your weights are positive. Where should the range begin?"

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = np.sqrt(6 / (n_in + n_out))
    return np.random.default_rng(seed).uniform(0, r, (n_in, n_out))
