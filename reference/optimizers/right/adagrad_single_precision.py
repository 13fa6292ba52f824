"""Computes in single precision, in place."""

EXERCISE = "adagrad_step"

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    w, dw, s = (a.astype(np.float32) for a in (w, dw, s))
    s += dw * dw
    w -= learning_rate * dw / (np.sqrt(s) + epsilon)
    return w, s
