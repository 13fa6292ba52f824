"""Returns the powers of e."""

EXERCISE = "softmax"
LOSES = ("example", "drawn", "integers", "sums")
HINT = "These are the powers of e themselves. What turns them into probabilities?"

import numpy as np


def softmax(z):
    return np.exp(z)
