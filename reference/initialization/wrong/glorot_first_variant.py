"""Takes the variance of the first variant."""

EXERCISE = "glorot_normal"
LOSES = ("variance",)
HINT = "Your variance is half of what is asked: this is the first variant again."

import numpy as np


def glorot_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / (n_in + n_out)), (n_in, n_out))
