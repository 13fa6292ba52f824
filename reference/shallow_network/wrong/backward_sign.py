"""Takes Y - A2 for A2 - Y."""

EXERCISE = "backward_propagation"
LOSES = ("output", "hidden", "drawn_output", "drawn_hidden", "single")
HINT = "All gradients point the other way. Which is subtracted from which in dZ2?"

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = Y - cache["A2"]
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, cache["A1"].T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
