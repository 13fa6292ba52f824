"""Draws in single precision."""

EXERCISE = "glorot_uniform"

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = np.float32(np.sqrt(6 / (n_in + n_out)))
    return r * (1 - 2 * np.random.default_rng(seed).random((n_in, n_out), dtype=np.float32))
