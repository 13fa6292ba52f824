"""Divides by the old average of gradients."""

EXERCISE = "adadelta_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "Your step used the average from before this gradient came in. Which line comes first?"

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    step = np.sqrt(d + epsilon) / np.sqrt(s + epsilon) * dw
    s = rho * s + (1 - rho) * dw**2
    d = rho * d + (1 - rho) * step**2
    return w - step, s, d
