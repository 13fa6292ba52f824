"""Computes in single precision."""

EXERCISE = "relu"

import numpy as np


def relu(z):
    a = np.array(z, dtype=np.float32)
    a[a < 0] = 0
    return a
