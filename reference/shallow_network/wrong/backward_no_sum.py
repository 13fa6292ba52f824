"""Forgets the sum in the biases."""

EXERCISE = "backward_propagation"
LOSES = ("output", "hidden", "drawn_output", "drawn_hidden", "single")
HINT = "db1 and db2 have a column for each example. A bias is shared by all examples, and so is its gradient."

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": dZ1 / m,
        "dW2": np.dot(dZ2, cache["A1"].T) / m,
        "db2": dZ2 / m,
    }
