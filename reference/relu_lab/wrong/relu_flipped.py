"""Keeps the negative entries and drops the positive ones."""

EXERCISE = "relu"
LOSES = ("example", "drawn", "shapes", "unchanged")
HINT = "The wrong half is kept: entries below 0 came through. Which of the two, 0 or the entry, should win?"

import numpy as np


def relu(z):
    return np.minimum(0, z)
