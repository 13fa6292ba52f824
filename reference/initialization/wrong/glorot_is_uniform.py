"""Draws from a uniform distribution of the right variance."""

EXERCISE = "glorot_normal"
LOSES = ("normal",)
HINT = "The variance is right, but your weights are spread evenly. A bell curve is asked here."

import numpy as np


def glorot_normal(n_in, n_out, seed):
    r = np.sqrt(6 / (n_in + n_out))
    return np.random.default_rng(seed).uniform(-r, r, (n_in, n_out))
