"""Forgets to subtract the mean."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "Your columns do not lie around beta. What comes before the division?"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    return gamma * X / np.sqrt(X.var(axis=0) + epsilon) + beta
