"""Takes the maximum over the whole array."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "Your answer is one single number. `np.max` looks for the largest entry; which function compares entry by entry?"

import numpy as np


def relu(z):
    return max(0, np.max(z))
