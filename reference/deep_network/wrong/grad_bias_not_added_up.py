"""Takes dZ itself for db."""

EXERCISE = "linear_backward"
LOSES = ("example", "biases")
HINT = "Your db has a column for each example. One bias serves them all: what becomes of their gradients?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = dZ / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
