"""Averages the gradients in both averages."""

EXERCISE = "adadelta_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "Both of your averages are of gradients. What does the second one average?"

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    step = np.sqrt(d + epsilon) / np.sqrt(s + epsilon) * dw
    d = rho * d + (1 - rho) * dw**2
    return w - step, s, d
