"""Computed in single precision."""

EXERCISE = "my_softmax"

import numpy as np


def my_softmax(z):
    ez = np.exp(np.asarray(z, dtype=np.float32))
    return ez / ez.sum()
