"""Returns the gradients of the weights transposed."""

EXERCISE = "backward_propagation"
LOSES = ("output", "hidden", "drawn_output", "drawn_hidden", "single")
HINT = "dW1 and dW2 are transposed: each has the shape of the weights that it is subtracted from."

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(X, dZ1.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(cache["A1"], dZ2.T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
