"""Forgets the axis in the sums."""

EXERCISE = "backward_propagation"
LOSES = ("hidden", "drawn_hidden", "single")
HINT = "Your db1 is a single number. Every hidden unit has a bias, so the sum runs over examples only."

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1) / m,
        "dW2": np.dot(dZ2, cache["A1"].T) / m,
        "db2": np.sum(dZ2, keepdims=True) / m,
    }
