"""Point by point."""

EXERCISE = "network_output"

import numpy as np


def network_output(X, W1, b1, W2, b2):
    rows = []
    for x in X:
        a = np.maximum(0, x @ W1 + b1)
        rows.append(a @ W2 + b2)
    return np.array(rows)
