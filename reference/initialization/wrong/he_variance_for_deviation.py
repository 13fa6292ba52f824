"""Uses the variance as standard deviation."""

EXERCISE = "he_normal"
LOSES = ("variance",)
HINT = "Your weights are too small: you used the variance where the standard deviation belongs."

import numpy as np


def he_normal(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, 2 / n_in, (n_in, n_out))
