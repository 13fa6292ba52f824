"""Returns bias and matrix in the other order."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "Both are there, in the other order: first the matrix, then the bias."

import numpy as np


def collapse(W1, b1, W2, b2):
    W = np.dot(W2, W1)
    b = np.dot(W2, b1) + b2
    return b, W
