"""Both layers at once."""

EXERCISE = "network_output"

import numpy as np


def network_output(X, W1, b1, W2, b2):
    return np.dot(np.maximum(0, np.dot(X, W1) + b1), W2) + b2
