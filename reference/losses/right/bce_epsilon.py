"""Adds a tiny number inside the logarithms."""

EXERCISE = "binary_cross_entropy"

import numpy as np


def binary_cross_entropy(y, yhat):
    eps = 1e-7
    cost = -(np.dot(y, np.log(yhat + eps)) + np.dot(1 - y, np.log(1 - yhat + eps))) / y.shape[0]
    return np.squeeze(cost)
