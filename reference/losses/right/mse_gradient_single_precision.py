"""Computes in single precision."""

EXERCISE = "mse_gradient"

import numpy as np


def mse_gradient(x, y, w, b):
    x, y = x.astype(np.float32), y.astype(np.float32)
    errors = np.float32(w) * x + np.float32(b) - y
    return 2 * (x * errors).mean(), 2 * errors.mean()
