"""Squares Z1 where A1 should be squared."""

EXERCISE = "backward_propagation"
LOSES = ("hidden", "drawn_hidden", "single")
HINT = "The output layer is right. For the slope of tanh you square Z1; it is the value of tanh that is squared."

import numpy as np


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["Z1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, cache["A1"].T) / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
