"""Computes in single precision."""

EXERCISE = "rmsprop_step"

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    w, dw, s = (a.astype(np.float32) for a in (w, dw, s))
    s = s + (1 - rho) * (np.square(dw) - s)
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
