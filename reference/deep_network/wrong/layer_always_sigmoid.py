"""Uses the sigmoid whatever is asked."""

EXERCISE = "linear_activation_forward"
LOSES = ("example", "relu", "cache")
HINT = "A ReLU layer answers like a sigmoid layer. What does the argument activation say in that case?"

import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z


def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)
