"""Feeds the input into the second layer."""

EXERCISE = "forward_propagation"
LOSES = ("example", "drawn", "cache", "single")
HINT = "The second layer's weights do not fit X. What is its input?"

import numpy as np


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], X) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
