"""Does not use the seed."""

EXERCISE = "glorot_normal"
LOSES = ("repeats",)
HINT = "The argument `seed` should decide everything. Is the generator made from it, inside the function?"

import numpy as np


def glorot_normal(n_in, n_out, seed):
    return np.random.default_rng().normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))
