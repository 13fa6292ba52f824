"""Takes inner products for the sums."""

EXERCISE = "propagate"

import numpy as np


def propagate(w, b, X, Y):
    m = Y.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T)) / m
    grads = {"dw": 1 / m * np.dot(X, (A - Y).T), "db": 1 / m * np.sum(A - Y, axis=1, keepdims=True)}
    return grads, np.squeeze(cost)
