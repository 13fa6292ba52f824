"""Fills the matrix entry by entry."""

EXERCISE = "softmax_jacobian"

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z) / np.sum(np.exp(z))
    n = len(a)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            J[i, j] = a[i] * (1 - a[i]) if i == j else -a[i] * a[j]
    return J
