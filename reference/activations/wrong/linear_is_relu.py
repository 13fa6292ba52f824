"""Cuts negative entries off."""

EXERCISE = "linear"
LOSES = ("example", "drawn", "shapes")
HINT = "Negative entries became 0. The linear activation keeps them."

import numpy as np


def linear(z):
    return np.maximum(0, z)
