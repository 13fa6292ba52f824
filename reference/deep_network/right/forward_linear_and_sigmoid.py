"""Uses linear_forward and the helpers in place of a whole layer."""

EXERCISE = "l_model_forward"

import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z


def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)


def L_model_forward(X, parameters):
    L = len(parameters) // 2
    caches = []
    for l in range(1, L + 1):
        Z, linear_cache = linear_forward(X, parameters["W" + str(l)], parameters["b" + str(l)])
        X, activation_cache = sigmoid(Z) if l == L else relu(Z)
        caches.append((linear_cache, activation_cache))
    return X, caches
