"""Averages the steps without squaring them."""

EXERCISE = "adadelta_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "Your second average takes in the step itself. It is an average of squares, as the first."

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    step = np.sqrt(d + epsilon) / np.sqrt(s + epsilon) * dw
    d = rho * d + (1 - rho) * step
    return w - step, s, d
