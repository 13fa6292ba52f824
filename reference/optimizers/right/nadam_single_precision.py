"""Computes in single precision."""

EXERCISE = "nadam_step"

import numpy as np


def nadam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    w, dw, m, v = (a.astype(np.float32) for a in (w, dw, m, v))
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * np.square(dw)
    ahead = beta1 / (1 - beta1 ** (t + 1)) * m
    now = (1 - beta1) / (1 - beta1**t) * dw
    return w - learning_rate * (ahead + now) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v
