"""Returns the output alone."""

EXERCISE = "forward_propagation"
LOSES = ("example", "drawn", "cache", "single")
HINT = "The output is right, but it comes alone. The backward pass needs the values in between: return them too."

import numpy as np


def forward_propagation(X, parameters):
    A1 = np.tanh(np.dot(parameters["W1"], X) + parameters["b1"])
    return 1 / (1 + np.exp(-(np.dot(parameters["W2"], A1) + parameters["b2"])))
