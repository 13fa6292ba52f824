"""Takes the standard deviation for the end of the range."""

EXERCISE = "glorot_uniform"
LOSES = ("range",)
HINT = "Your range ends at the standard deviation. An even distribution has to reach farther for the same variance."

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = np.sqrt(2 / (n_in + n_out))
    return np.random.default_rng(seed).uniform(-r, r, (n_in, n_out))
