"""Returns the hyperbolic tangent."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "Your curve starts at -1 and is 0 in the middle: that is tanh. The sigmoid lies between 0 and 1."

import numpy as np


def sigmoid(z):
    return np.tanh(z)
