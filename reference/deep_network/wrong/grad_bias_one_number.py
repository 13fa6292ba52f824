"""Adds up everything to one number."""

EXERCISE = "linear_backward"
LOSES = ("example", "biases")
HINT = "Your db is a single number. Does every unit have the same bias?"

import numpy as np


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
