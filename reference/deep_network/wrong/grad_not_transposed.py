"""Forgets the transpose of W."""

EXERCISE = "linear_backward"
LOSES = ("example", "activations", "weights", "biases")
HINT = "W and dZ do not fit together as they are. dA_prev goes the other way through the layer: what does that do to W?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W, dZ)
    return dA_prev, dW, db
