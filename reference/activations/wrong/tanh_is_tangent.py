"""Uses the tangent of trigonometry."""

EXERCISE = "tanh"
LOSES = ("example", "drawn", "shapes")
HINT = "This is the tangent of an angle, which leaps at every half turn. The hyperbolic one has another name in NumPy."

import numpy as np


def tanh(z):
    return np.tan(z)
