"""Returns all gradients with the other sign."""

EXERCISE = "linear_backward"
LOSES = ("example", "activations", "weights", "biases")
HINT = "All three gradients have the wrong sign. The minus comes later, when the parameters are updated."

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = -np.dot(dZ, A_prev.T) / m
    db = -np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = -np.dot(W.T, dZ)
    return dA_prev, dW, db
