"""Forgets the extra term of the diagonal."""

EXERCISE = "softmax_jacobian"
LOSES = ("example", "drawn", "single")
HINT = "Beside the diagonal you are right. On the diagonal a score moves its own probability up."

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z) / np.sum(np.exp(z))
    return -np.outer(a, a)
