"""Divides dA_prev by m as well."""

EXERCISE = "linear_backward"
LOSES = ("example", "activations")
HINT = "Your dA_prev is m times too small. Is it a mean over the examples, or does each example have its own column?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ) / m
    return dA_prev, dW, db
