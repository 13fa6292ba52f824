"""Takes the largest score away first."""

EXERCISE = "softmax"

import numpy as np


def softmax(z):
    powers = np.exp(z - np.max(z))
    return powers / powers.sum()
