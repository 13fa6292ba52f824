"""Leaves the activation of the hidden layer out."""

EXERCISE = "forward_propagation"
LOSES = ("example", "drawn", "cache", "single")
HINT = (
    "Your hidden layer passes its sums on as they are. Two layers without an activation between them are no more "
    "than one."
)

import numpy as np


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    Z2 = np.dot(parameters["W2"], Z1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": Z1, "Z2": Z2, "A2": A2}
