"""Applies softmax."""

EXERCISE = "network_output"
LOSES = ("example", "drawn")
HINT = "These are probabilities. The layer L2 is linear: where does softmax belong in this network?"

import numpy as np


def network_output(X, W1, b1, W2, b2):
    A1 = np.maximum(0, X @ W1 + b1)
    powers = np.exp(A1 @ W2 + b2)
    return powers / powers.sum(axis=1, keepdims=True)
