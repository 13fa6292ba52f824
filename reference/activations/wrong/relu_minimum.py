"""Takes the smaller of 0 and z."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "Negative entries come through and positive ones are lost. Which side does ReLU keep?"

import numpy as np


def relu(z):
    return np.minimum(0, z)
