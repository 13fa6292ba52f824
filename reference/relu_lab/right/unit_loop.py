"""Works entry by entry in a loop."""

EXERCISE = "relu_unit"

import numpy as np


def relu_unit(x, w, b):
    a = np.zeros(len(x))
    for i in range(len(x)):
        a[i] = max(0.0, w * x[i] + b)
    return a
