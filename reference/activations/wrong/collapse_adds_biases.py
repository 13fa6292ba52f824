"""Adds the two biases."""

EXERCISE = "collapse"
LOSES = ("example", "drawn")
HINT = "The matrix is right. The first bias also passes through the second layer: what does that do to it?"

import numpy as np


def collapse(W1, b1, W2, b2):
    W = np.dot(W2, W1)
    b = b1 + b2
    return W, b
