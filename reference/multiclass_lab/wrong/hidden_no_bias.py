"""Forgets the biases."""

EXERCISE = "hidden_features"
LOSES = ("example", "drawn")
HINT = "Your features would be the same for any bias. Where do the biases come in?"

import numpy as np


def hidden_features(X, W1, b1):
    return np.maximum(0, X @ W1)
