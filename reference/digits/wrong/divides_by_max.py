"""The powers are divided by the biggest of them instead of by their sum."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Your biggest entry is always 1. The formula divides by something bigger than the biggest power."

import numpy as np


def my_softmax(z):
    ez = np.exp(z)
    return ez / np.max(ez)
