"""Activations and their slopes for the deep network lab. Each forward function returns two values: A, and Z again."""

import numpy as np


def sigmoid(Z):
    """A = 1 / (1 + e^-Z), entry by entry, and Z itself, which the backward pass will need."""
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    """A = Z where Z is above 0, else 0, and Z itself, which the backward pass will need."""
    return np.maximum(0, Z), Z


def sigmoid_backward(dA, cache):
    """dZ of a sigmoid: dA times the slope at Z, which is s (1 - s). `cache` is Z."""
    s, _ = sigmoid(cache)
    return dA * s * (1 - s)


def relu_backward(dA, cache):
    """dZ of ReLU: dA where Z is above 0, else 0. `cache` is Z."""
    return np.where(cache > 0, dA, 0.0)
