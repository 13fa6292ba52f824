"""Computes the first point only."""

EXERCISE = "hidden_features"
LOSES = ("example", "drawn")
HINT = "One row came back for several points. Where are the others?"

import numpy as np


def hidden_features(X, W1, b1):
    return np.maximum(0, X[0] @ W1 + b1)
