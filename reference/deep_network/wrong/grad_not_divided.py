"""Forgets 1/m in both gradients."""

EXERCISE = "linear_backward"
LOSES = ("example", "weights", "biases")
HINT = "Your dW and db are m times too big. The cost is a mean over m examples; what follows for its gradients?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
