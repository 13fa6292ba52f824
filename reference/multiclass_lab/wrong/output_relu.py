"""Applies ReLU in the last layer too."""

EXERCISE = "network_output"
LOSES = ("example", "drawn")
HINT = "No output of yours is below 0. Which activation has the layer L2?"

import numpy as np


def network_output(X, W1, b1, W2, b2):
    A1 = np.maximum(0, X @ W1 + b1)
    return np.maximum(0, A1 @ W2 + b2)
