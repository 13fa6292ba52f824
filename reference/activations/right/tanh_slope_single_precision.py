"""Computes in single precision."""

EXERCISE = "tanh_derivative"

import numpy as np


def tanh_derivative(z):
    return 1 - np.tanh(z.astype(np.float32)) ** 2
