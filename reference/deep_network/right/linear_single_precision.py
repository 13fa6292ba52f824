"""Computes in single precision and keeps a list."""

EXERCISE = "linear_forward"

import numpy as np


def linear_forward(A, W, b):
    Z = W.astype(np.float32) @ A.astype(np.float32) + b.astype(np.float32)
    return Z, [A, W, b]
