"""Forgets 1/m everywhere."""

EXERCISE = "backward_propagation"
LOSES = ("output", "hidden", "drawn_output", "drawn_hidden", "single")
HINT = "Your gradients grow with the number of examples. The slope of a mean is a mean too."

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T),
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": np.dot(dZ2, cache["A1"].T),
        "db2": np.sum(dZ2, axis=1, keepdims=True),
    }
