"""Takes one mean and one variance for all."""

EXERCISE = "batch_norm"
LOSES = ("example", "drawn", "moments", "epsilon", "constant")
HINT = "All features went into one mean. Each has its own scale: what is it compared with?"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    return gamma * (X - np.mean(X)) / np.sqrt(np.var(X) + epsilon) + beta
