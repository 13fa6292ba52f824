"""Chooses with np.where."""

EXERCISE = "relu_unit"

import numpy as np


def relu_unit(x, w, b):
    z = np.multiply(x, w) + b
    return np.where(z > 0, z, 0)
