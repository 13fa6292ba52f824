"""Adds up example by example."""

EXERCISE = "backward_propagation"

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    grads = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    m = X.shape[1]
    for i in range(m):
        x, a1 = X[:, i : i + 1], cache["A1"][:, i : i + 1]
        dz2 = cache["A2"][0, i] - Y[0, i]
        dz1 = parameters["W2"].T * dz2 * (1 - a1**2)
        grads["dW1"] += dz1 * x.T / m
        grads["db1"] += dz1 / m
        grads["dW2"] += dz2 * a1.T / m
        grads["db2"] += dz2 / m
    return grads
