"""Uses sigmoid."""

EXERCISE = "hidden_features"
LOSES = ("example", "drawn")
HINT = "All features lie between 0 and 1. Which activation has the layer L1?"

import numpy as np


def hidden_features(X, W1, b1):
    return 1 / (1 + np.exp(-(X @ W1 + b1)))
