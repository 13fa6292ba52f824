"""Lets the sum drop its axis."""

EXERCISE = "linear_backward"
LOSES = ("example", "biases")
HINT = "The numbers of db are right, but it is a row of shape (n,). Which argument of np.sum keeps a column a column?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
