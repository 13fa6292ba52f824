"""Uses the variance as standard deviation."""

EXERCISE = "xavier"
LOSES = ("variance",)
HINT = (
    "Your weights are far too small: you used the variance where the standard deviation belongs. How are the two "
    "related?"
)

import numpy as np


def xavier(n_in, n_out, seed):
    return np.random.default_rng(seed).normal(0, 1 / (n_in + n_out), (n_in, n_out))
