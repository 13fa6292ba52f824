"""Keeps only the activations."""

EXERCISE = "forward_propagation"
LOSES = ("cache",)
HINT = "The output is right. The cache lacks the sums Z1 and Z2, which belong there as well."

import numpy as np


def forward_propagation(X, parameters):
    A1 = np.tanh(np.dot(parameters["W1"], X) + parameters["b1"])
    A2 = 1 / (1 + np.exp(-(np.dot(parameters["W2"], A1) + parameters["b2"])))
    return A2, {"A1": A1, "A2": A2}
