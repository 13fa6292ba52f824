"""Takes the variance of the second variant."""

EXERCISE = "xavier"
LOSES = ("variance",)
HINT = "Your variance is twice as large as asked: that is the second variant, which comes next."

import numpy as np


def xavier(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))
