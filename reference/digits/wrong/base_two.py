"""Powers of two are taken instead of powers of e."""

EXERCISE = "my_softmax"
LOSES = ("example", "drawn", "integers", "single", "sums", "order", "unchanged", "repeats")
HINT = "Your numbers sum to 1, but they are too close together: look again at which number is raised to the power z."

import numpy as np


def my_softmax(z):
    powers = 2.0**z
    return powers / np.sum(powers)
