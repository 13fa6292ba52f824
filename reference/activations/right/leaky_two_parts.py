"""Adds the two sides."""

EXERCISE = "leaky_relu"

import numpy as np


def leaky_relu(z):
    return np.maximum(0, z) + 0.01 * np.minimum(0, z)
