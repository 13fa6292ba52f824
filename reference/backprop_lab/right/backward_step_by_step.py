"""One node after the other, in NumPy."""

EXERCISE = "backward"

import numpy as np

w, b, x, y = np.array([2.0, 8.0, -2.0, 2.0])
d = w * x + b - y
backward = np.array([d, d, d, d, d * x])
