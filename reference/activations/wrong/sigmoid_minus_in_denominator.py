"""Subtracts in the denominator."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "At 0 your denominator is 0. Check the sign in front of the power of e."

import numpy as np


def sigmoid(z):
    return 1 / (1 - np.exp(-z))
