"""Leaves the 1 out of the denominator."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "These are powers of e, which grow without end. What keeps the sigmoid below 1?"

import numpy as np


def sigmoid(z):
    return 1 / np.exp(-z)
