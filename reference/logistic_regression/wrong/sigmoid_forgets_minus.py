"""Raises e to z instead of -z."""

EXERCISE = "sigmoid"
LOSES = ("example", "number", "rows")
HINT = "Your curve runs from 1 down to 0, the mirror image of what was asked. What stands in the exponent?"

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))
