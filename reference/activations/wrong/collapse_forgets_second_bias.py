"""Leaves the second bias out."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "The matrix is right. The second layer has a bias of its own, which is added at the end."

import numpy as np


def collapse(W1, b1, W2, b2):
    return np.dot(W2, W1), np.dot(W2, b1)
