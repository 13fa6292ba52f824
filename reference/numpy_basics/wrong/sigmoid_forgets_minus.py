"""Raises e to x instead of -x."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "number", "shapes")
HINT = "Your curve runs from 1 down to 0, the mirror image of what was asked. What stands in the exponent?"

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(x))
