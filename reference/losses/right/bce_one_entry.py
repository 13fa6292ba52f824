"""Returns an array with one entry."""

EXERCISE = "binary_cross_entropy"

import numpy as np


def binary_cross_entropy(y, yhat):
    y, yhat = y.reshape(1, -1), yhat.reshape(1, -1)
    return -(np.dot(y, np.log(yhat).T) + np.dot(1 - y, np.log(1 - yhat).T)) / y.shape[1]
