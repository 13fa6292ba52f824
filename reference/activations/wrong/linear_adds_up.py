"""Returns the sum."""

EXERCISE = "linear"
LOSES = ("example", "drawn", "shapes")
HINT = "Your answer is a single number. The weighted sum was taken before; the activation only passes it on."

import numpy as np


def linear(z):
    return np.sum(z)
