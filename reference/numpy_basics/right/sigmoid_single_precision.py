"""Computes in single precision."""

EXERCISE = "sigmoid"

import numpy as np


def sigmoid(x):
    x = np.asarray(x, dtype=np.float32)
    return 1 / (1 + np.exp(-x))
