"""Leaves the first bias out."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "The matrix is right, but your bias is that of the second layer alone. What becomes of the first?"

import numpy as np


def collapse(W1, b1, W2, b2):
    return np.dot(W2, W1), b2
