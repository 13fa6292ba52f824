"""Adds up entry by entry."""

EXERCISE = "linear_forward"

import numpy as np


def linear_forward(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]))
    for i in range(W.shape[0]):
        for j in range(A.shape[1]):
            Z[i, j] = sum(W[i, k] * A[k, j] for k in range(A.shape[0])) + b[i, 0]
    return Z, (A, W, b)
