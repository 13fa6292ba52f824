"""Keeps A in place of Z."""

EXERCISE = "linear_activation_forward"
LOSES = ("cache",)
HINT = "The second half of your cache is A. At which matrix does the backward pass need the slope of the activation?"

import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z


def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    cache = (linear_cache, A)
    return A, cache
