"""Does not use the seed."""

EXERCISE = "glorot_uniform"
LOSES = ("repeats",)
HINT = "The argument `seed` should decide everything. Is the generator made from it, inside the function?"

import numpy as np


def glorot_uniform(n_in, n_out, seed):
    r = np.sqrt(6 / (n_in + n_out))
    return np.random.uniform(-r, r, (n_in, n_out))
