"""Goes column by column."""

EXERCISE = "batch_norm"

import numpy as np


def batch_norm(X, gamma, beta, epsilon):
    m, n = X.shape
    Y = np.zeros((m, n))
    for j in range(n):
        mean = sum(X[:, j]) / m
        variance = sum((X[:, j] - mean) ** 2) / m
        for i in range(m):
            Y[i, j] = gamma[j] * (X[i, j] - mean) / (variance + epsilon) ** 0.5 + beta[j]
    return Y
