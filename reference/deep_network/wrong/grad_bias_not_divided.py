"""Forgets 1/m in db."""

EXERCISE = "linear_backward"
LOSES = ("example", "biases")
HINT = "dW is right and db is m times too big. Do both need the same factor?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
