"""Sends the columns of the identity through both layers."""

EXERCISE = "collapse"

import numpy as np


def collapse(W1, b1, W2, b2):
    n0 = W1.shape[1]
    b = W2 @ (W1 @ np.zeros((n0, 1)) + b1) + b2
    W = W2 @ (W1 @ np.eye(n0) + b1) + b2 - b
    return W, b
