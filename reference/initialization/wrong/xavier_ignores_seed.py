"""Does not use the seed."""

EXERCISE = "xavier"
LOSES = ("repeats",)
HINT = "The argument `seed` should decide everything. Is the generator made from it, inside the function?"

import numpy as np


def xavier(n_in, n_out, seed):
    return np.random.randn(n_in, n_out) * np.sqrt(1 / (n_in + n_out))
