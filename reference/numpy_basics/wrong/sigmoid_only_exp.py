"""Returns the power of e alone."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "number", "shapes")
HINT = "This is e to the power of -x. The fraction around it is missing."

import numpy as np


def sigmoid(x):
    return np.exp(-x)
