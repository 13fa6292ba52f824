"""Takes one root of the quotient."""

EXERCISE = "adadelta_step"

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    change = -dw * np.sqrt((d + epsilon) / (s + epsilon))
    d = rho * d + (1 - rho) * change**2
    return w + change, s, d
