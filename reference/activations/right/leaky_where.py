"""Chooses by sign."""

EXERCISE = "leaky_relu"

import numpy as np


def leaky_relu(z):
    return np.where(z > 0, z, 0.01 * z)
