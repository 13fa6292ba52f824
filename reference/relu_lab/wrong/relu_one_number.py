"""Takes the biggest entry in place of working entry by entry."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = (
    "One number came back for a whole array. Which NumPy function compares entry by entry instead of looking for "
    "the biggest?"
)

import numpy as np


def relu(z):
    return max(0, np.max(z))
