"""Leaves gamma and beta out."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = (
    "Your columns always have mean 0 and standard deviation 1. The layer may learn others: where do gamma and "
    "beta come in?"
)

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    return (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + epsilon)
