"""Returns dW the other way round."""

EXERCISE = "linear_backward"
LOSES = ("example", "weights")
HINT = "Your dW has the shape of W turned on its side. Which of the two factors has a row for each unit?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(A_prev, dZ.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
