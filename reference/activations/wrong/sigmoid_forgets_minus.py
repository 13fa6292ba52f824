"""Raises e to z instead of -z."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "Your curve falls where it should rise. For which sign of z should the power of e be small?"

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))
