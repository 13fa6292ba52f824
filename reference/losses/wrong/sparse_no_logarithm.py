"""Takes the mean of one minus the probability."""

EXERCISE = "sparse_categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss is 1 minus the probability. Being confident and wrong should cost far more than 1."

import numpy as np


def sparse_categorical_cross_entropy(y, P):
    return np.mean(1 - P[np.arange(len(y)), y])
