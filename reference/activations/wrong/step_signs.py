"""Steps from -1 to 1."""

EXERCISE = "step"
LOSES = ("example", "drawn", "shapes", "at_zero")
HINT = "Your step starts at -1. It should start at 0: silent neurons say 0."

import numpy as np


def step(z):
    return np.sign(z)
