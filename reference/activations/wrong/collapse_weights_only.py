"""Returns the matrix alone."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "The matrix is right. A layer has a bias as well: two values are asked."

import numpy as np


def collapse(W1, b1, W2, b2):
    return np.dot(W2, W1)
