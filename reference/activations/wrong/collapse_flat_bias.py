"""Returns the bias as a vector without columns."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "The numbers are right. The bias should stay a column of shape (n2, 1)."

import numpy as np


def collapse(W1, b1, W2, b2):
    W = np.dot(W2, W1)
    b = np.dot(W2, b1) + b2
    return W, b.flatten()
