"""Returns the diagonal as a vector."""

EXERCISE = "softmax_jacobian"
LOSES = ("example", "drawn", "single")
HINT = "These are the derivatives of each probability by its own score. Every score moves the other probabilities too."

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z) / np.sum(np.exp(z))
    return a * (1 - a)
