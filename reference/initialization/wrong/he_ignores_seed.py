"""Does not use the seed."""

EXERCISE = "he_normal"
LOSES = ("repeats",)
HINT = "The argument `seed` should decide everything. Is the generator made from it, inside the function?"

import numpy as np


def he_normal(n_in, n_out, seed):
    return np.random.randn(n_in, n_out) * np.sqrt(2 / n_in)
