"""Returns Z2 instead of A2."""

EXERCISE = "forward_propagation"
LOSES = ("example", "drawn", "single")
HINT = "The cache is right, but the first thing you return is Z2, the sum before the activation."

import numpy as np


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return Z2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
