"""Forgets 1/m in dW."""

EXERCISE = "linear_backward"
LOSES = ("example", "weights")
HINT = "db is right and dW is m times too big. Do both need the same factor?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
