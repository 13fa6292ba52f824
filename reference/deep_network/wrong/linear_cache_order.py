"""Keeps W first."""

EXERCISE = "linear_forward"
LOSES = ("cache",)
HINT = "Your cache begins with W. In which order will the backward pass unpack it?"

import numpy as np


def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (W, A, b)
    return Z, cache
