"""Lets nothing through."""

EXERCISE = "leaky_relu"
LOSES = ("example", "drawn", "shapes", "integers", "unchanged")
HINT = "Negative entries became 0, as in plain ReLU. Here a hundredth of them stays."

import numpy as np


def leaky_relu(z):
    return np.maximum(0, z)
