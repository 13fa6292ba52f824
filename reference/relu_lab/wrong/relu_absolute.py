"""Turns negative entries into positive ones."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "An entry of -1 became 1. ReLU does not change signs: what does it make of everything below 0?"

import numpy as np


def relu(z):
    return np.abs(z)
