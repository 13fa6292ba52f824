"""With NumPy's square."""

EXERCISE = "cost"

import numpy as np


def cost(w, b, x, y):
    return np.square(y - b - w * x) / 2
