"""Computes in single precision."""

EXERCISE = "softmax_jacobian"

import numpy as np


def softmax_jacobian(z):
    a = np.exp(z.astype(np.float32))
    a = a / a.sum()
    return a[:, None] * (np.eye(len(a), dtype=np.float32) - a)
