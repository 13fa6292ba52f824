"""Divides by one less than the number of examples."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "Your variance divides by m - 1. In this layer it is divided by m."

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    squares = np.sum((X - X.mean(axis=0)) ** 2, axis=0)
    with np.errstate(all="ignore"):
        return gamma * (X - X.mean(axis=0)) / np.sqrt(squares / (len(X) - 1) + epsilon) + beta
