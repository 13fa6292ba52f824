"""Takes along the rows."""

EXERCISE = "sparse_categorical_cross_entropy"

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return -np.log(np.take_along_axis(P, y[:, None], axis=1)).mean()
