"""Forgets 1/m in the biases."""

EXERCISE = "backward_propagation"
LOSES = ("output", "hidden", "drawn_output", "drawn_hidden", "single")
HINT = (
    "dW1 and dW2 are right; db1 and db2 grow with the number of examples. What do the weights have that the "
    "biases lack?"
)

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": np.dot(dZ2, cache["A1"].T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True),
    }
