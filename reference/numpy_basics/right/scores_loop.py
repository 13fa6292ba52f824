"""Keeps the two loops."""

EXERCISE = "linear_scores"

import numpy as np


def linear_scores(w, X, b):
    n, m = X.shape
    z = np.zeros((1, m))
    for i in range(m):
        for j in range(n):
            z[0, i] += w[j, 0] * X[j, i]
        z[0, i] += b
    return z
