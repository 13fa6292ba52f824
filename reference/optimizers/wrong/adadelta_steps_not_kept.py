"""Leaves the average of steps as it was."""

EXERCISE = "adadelta_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "The average of squared steps came back as it went in. This step has to get its share in it."

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    return w - np.sqrt(d + epsilon) / np.sqrt(s + epsilon) * dw, s, d
