"""Is the leaky variant."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "A little of the negative entries leaks through. In plain ReLU nothing does."

import numpy as np


def relu(z):
    return np.where(z > 0, z, 0.01 * z)
