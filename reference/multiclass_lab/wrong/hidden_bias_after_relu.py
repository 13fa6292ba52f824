"""Adds the biases after ReLU."""

EXERCISE = "hidden_features"
LOSES = ("example", "drawn")
HINT = "A silent unit should give 0, and yours gives its bias. What comes first, the bias or ReLU?"

import numpy as np


def hidden_features(X, W1, b1):
    return np.maximum(0, X @ W1) + b1
