"""Takes the number of units for m."""

EXERCISE = "linear_backward"
LOSES = ("example", "weights", "biases")
HINT = "You divide by the number of rows of A_prev, which are units. Where do the examples stand?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[0]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
