"""Cuts the values off at 1."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "Large entries were cut down to 1. Has ReLU a ceiling as well as a floor?"

import numpy as np


def relu(z):
    return np.clip(z, 0, 1)
