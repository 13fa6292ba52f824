"""Adds up in two loops."""

EXERCISE = "logistic_gradient"

import numpy as np


def logistic_gradient(X, y, w, b):
    n, d = X.shape
    dw, db = np.zeros(d), 0.0
    for i in range(n):
        error = 1 / (1 + np.exp(-(np.dot(X[i], w) + b))) - y[i]
        for j in range(d):
            dw[j] += error * X[i, j]
        db += error
    return dw / n, db / n
