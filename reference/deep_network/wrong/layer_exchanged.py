"""Exchanges the two activations."""

EXERCISE = "linear_activation_forward"
LOSES = ("example", "relu", "sigmoid", "cache")
HINT = "Asked for sigmoid your layer gives ReLU, and the other way round. Follow one call through your two branches."

import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z


def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    cache = (linear_cache, activation_cache)
    return A, cache
