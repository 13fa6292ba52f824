"""Changes weights and average in place."""

EXERCISE = "rmsprop_step"

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s *= rho
    s += (1 - rho) * dw * dw
    w -= learning_rate / (np.sqrt(s) + epsilon) * dw
    return w, s
