"""Puts epsilon beside the roots."""

EXERCISE = "adadelta_step"
LOSES = ("epsilon",)
HINT = (
    "Nearly right: your epsilons stand beside the roots. Here they stand under them, so that the first step is not 0."
)

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    step = (np.sqrt(d) + epsilon) / (np.sqrt(s) + epsilon) * dw
    d = rho * d + (1 - rho) * step**2
    return w - step, s, d
