"""Flattens matrices."""

EXERCISE = "linear"
LOSES = ("shapes",)
HINT = "The numbers are right; a matrix should come back as a matrix."

import numpy as np


def linear(z):
    return np.array(z).flatten()
