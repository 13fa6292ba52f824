"""Returns the comparison, from NumPy's older generator."""

EXERCISE = "dropout_mask"

import numpy as np


def dropout_mask(rows, columns, p, seed):
    np.random.seed(seed)
    return np.random.rand(rows, columns) < 1 - p
