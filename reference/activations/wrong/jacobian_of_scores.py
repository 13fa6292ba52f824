"""Takes the scores for the probabilities."""

EXERCISE = "softmax_jacobian"
LOSES = ("example", "drawn", "single")
HINT = "The formula speaks of the probabilities a, and your matrix is made of the scores z."

import numpy as np


def softmax_jacobian(z):
    return np.diag(z) - np.outer(z, z)
