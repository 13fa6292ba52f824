"""Leaves dA out of the chain."""

EXERCISE = "linear_activation_backward"
LOSES = ("example", "relu", "sigmoid")
HINT = "Your gradients do not depend on dA. The chain rule multiplies the slope with what came from above."

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
        dZ = relu_backward(np.ones(dA.shape), activation_cache)
    else:
        dZ = sigmoid_backward(np.ones(dA.shape), activation_cache)
    return linear_backward(dZ, linear_cache)
