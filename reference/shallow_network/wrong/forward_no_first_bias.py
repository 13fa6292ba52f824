"""Leaves the first bias out."""

EXERCISE = "forward_propagation"
LOSES = ("example", "drawn", "cache", "single")
HINT = "b1 has no effect on your answer. Every layer adds its own bias."

import numpy as np


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X)
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
