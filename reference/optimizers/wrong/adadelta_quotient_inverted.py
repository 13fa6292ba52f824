"""Exchanges numerator and denominator."""

EXERCISE = "adadelta_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "Your quotient is upside down: weights with large gradients should get shorter steps."

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    step = np.sqrt(s + epsilon) / np.sqrt(d + epsilon) * dw
    d = rho * d + (1 - rho) * step**2
    return w - step, s, d
