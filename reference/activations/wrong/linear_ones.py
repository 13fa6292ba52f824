"""Returns the slope instead of the value."""

EXERCISE = "linear"
LOSES = ("example", "drawn", "shapes")
HINT = "All your answers are 1: that is the slope of the line, not the line."

import numpy as np


def linear(z):
    return np.ones(z.shape)
