"""Returns tanh itself."""

EXERCISE = "tanh_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "This is tanh. Its slope is never negative."

import numpy as np


def tanh_derivative(z):
    return np.tanh(z)
