"""Forgets the biases of the last layer."""

EXERCISE = "network_output"
LOSES = ("example", "drawn")
HINT = "Only the biases of the last layer are missing: what happens to b2?"

import numpy as np


def network_output(X, W1, b1, W2, b2):
    A1 = np.maximum(0, X @ W1 + b1)
    return A1 @ W2
