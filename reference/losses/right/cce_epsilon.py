"""Adds a tiny number inside the logarithm."""

EXERCISE = "categorical_cross_entropy"

import numpy as np


def categorical_cross_entropy(Y, P):
    m = Y.shape[0]
    return -1 / m * np.sum(np.multiply(Y, np.log(P + 1e-8)))
