"""Returns where the entry is positive instead of the entry."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "Every positive entry became 1. ReLU passes it on as it is."

import numpy as np


def relu(z):
    return np.where(z > 0, 1.0, 0.0)
