"""Has a column for each point."""

EXERCISE = "hidden_features"
LOSES = ("example", "drawn")
HINT = "Your table lies on its side. In this lab, what has a row?"

import numpy as np


def hidden_features(X, W1, b1):
    return np.maximum(0, X @ W1 + b1).T
