"""Does not use the seed."""

EXERCISE = "dropout_mask"
LOSES = ("repeats",)
HINT = "The argument `seed` should decide everything. Is the generator made from it, inside the function?"

import numpy as np


def dropout_mask(rows, columns, p, seed):
    return (np.random.rand(rows, columns) >= p).astype(float)
