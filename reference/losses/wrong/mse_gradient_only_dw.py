"""Returns dw alone."""

EXERCISE = "mse_gradient"
LOSES = ("example", "drawn")
HINT = "This is dw, and it is right. The derivative by b is asked as well."

import numpy as np


def mse_gradient(x, y, w, b):
    errors = y - (w * x + b)
    return -2 * np.mean(x * errors)
