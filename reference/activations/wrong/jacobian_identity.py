"""Has ones in place of the probabilities on the diagonal."""

EXERCISE = "softmax_jacobian"
LOSES = ("example", "drawn", "single")
HINT = "Beside the diagonal you are right. On it, what should stand before the parentheses of 1 - a?"

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z) / np.sum(np.exp(z))
    return np.eye(len(z)) - np.outer(a, a)
