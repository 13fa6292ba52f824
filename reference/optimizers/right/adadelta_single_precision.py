"""Computes in single precision."""

EXERCISE = "adadelta_step"

import numpy as np


def adadelta_step(w, dw, s, d, rho, epsilon):
    w, dw, s, d = (a.astype(np.float32) for a in (w, dw, s, d))
    s = rho * s + (1 - rho) * np.square(dw)
    step = dw * np.sqrt(d + epsilon) / np.sqrt(s + epsilon)
    d = rho * d + (1 - rho) * np.square(step)
    return w - step, s, d
