"""Passes positive entries on as they are."""

EXERCISE = "step"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "Your positive entries come back unchanged, as with ReLU. The step knows only 0 and 1."

import numpy as np


def step(z):
    return np.where(z >= 0, z, 0.0)
