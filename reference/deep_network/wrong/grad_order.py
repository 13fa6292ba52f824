"""Returns dW first."""

EXERCISE = "linear_backward"
LOSES = ("example", "activations", "weights", "biases")
HINT = "The three gradients stand in another order: yours begin with dW. Which does the lab return first?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dW, db, dA_prev
