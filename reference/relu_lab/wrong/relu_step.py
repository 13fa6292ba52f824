"""Returns 1 for positive entries."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "Your answers are only 0 and 1: that is a switch. Above 0, how large should the answer be?"

import numpy as np


def relu(z):
    return np.where(z > 0, 1.0, 0.0)
