"""Computes in single precision."""

EXERCISE = "sgd_step"

import numpy as np


def sgd_step(w, dw, learning_rate):
    return w.astype(np.float32) - np.float32(learning_rate) * dw.astype(np.float32)
