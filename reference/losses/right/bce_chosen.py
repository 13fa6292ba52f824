"""Chooses the probability of the label, then takes logarithms."""

EXERCISE = "binary_cross_entropy"

import numpy as np


def binary_cross_entropy(y, yhat):
    p = np.where(y == 1, yhat, 1 - yhat)
    return np.mean(-np.log(p))
