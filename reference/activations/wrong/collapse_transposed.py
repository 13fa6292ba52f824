"""Returns the matrix for examples in rows."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "Your matrix is the transpose of the one asked. Here x is a column, and it stands on the right."

import numpy as np


def collapse(W1, b1, W2, b2):
    W = np.dot(W2, W1).T
    b = np.dot(W2, b1) + b2
    return W, b
