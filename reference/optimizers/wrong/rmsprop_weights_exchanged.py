"""Exchanges the weights of old and new."""

EXERCISE = "rmsprop_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "With rho near 1 the old average should weigh most. In yours the new square does."

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s = (1 - rho) * s + rho * dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
