"""Both slopes in an array."""

EXERCISE = "gradients"

import numpy as np


def gradients(w, b, x, y):
    return (w * x + b - y) * np.array([x, 1.0])
