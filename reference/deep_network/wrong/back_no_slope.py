"""Passes dA on as dZ."""

EXERCISE = "linear_activation_backward"
LOSES = ("example", "relu", "sigmoid")
HINT = "You treat dA as if it were dZ. What lies between the two?"

import numpy as np


def sigmoid_backward(dA, cache):
    s = 1 / (1 + np.exp(-cache))
    return dA * s * (1 - s)


def relu_backward(dA, cache):
    return dA * (cache > 0)


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = dA
    else:
        dZ = dA
    return linear_backward(dZ, linear_cache)
