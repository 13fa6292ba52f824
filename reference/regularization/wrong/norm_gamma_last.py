"""Multiplies beta by gamma too."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "Your beta was multiplied by gamma. Which of the two comes first?"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    return gamma * ((X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + epsilon) + beta)
