"""Calls no other function."""

EXERCISE = "l_model_forward"

import numpy as np


def L_model_forward(X, parameters):
    A, caches, layer = X, [], 1
    while f"W{layer}" in parameters:
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.matmul(W, A) + b
        caches.append(((A, W, b), Z))
        layer += 1
        A = np.where(Z > 0, Z, 0) if f"W{layer}" in parameters else 1 / (1 + np.exp(-Z))
    return A, caches
