"""Calls no other function."""

EXERCISE = "linear_activation_forward"

import numpy as np


def linear_activation_forward(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else Z * (Z > 0)
    return A, ((A_prev, W, b), Z)
