"""Uses the sigmoid in both layers."""

EXERCISE = "forward_propagation"
LOSES = ("example", "drawn", "cache", "single")
HINT = (
    "Your hidden values lie between 0 and 1, so they come from the sigmoid. In this network that is for the "
    "output alone."
)

import numpy as np


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
