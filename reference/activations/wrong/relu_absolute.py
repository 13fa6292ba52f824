"""Turns negative entries into positive ones."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "-2 became 2. ReLU is silent for negative entries."

import numpy as np


def relu(z):
    return np.abs(z)
