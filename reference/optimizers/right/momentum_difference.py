"""Moves the average toward the gradient, in single precision."""

EXERCISE = "momentum_step"

import numpy as np


def momentum_step(w, dw, v, learning_rate, beta):
    w, dw, v = (a.astype(np.float32) for a in (w, dw, v))
    v = v + (1 - beta) * (dw - v)
    return w - learning_rate * v, v
