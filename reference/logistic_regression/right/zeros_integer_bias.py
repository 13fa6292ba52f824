"""The bias is the whole number 0."""

EXERCISE = "initialize_with_zeros"

import numpy as np


def initialize_with_zeros(dim):
    w = np.zeros(shape=(dim, 1), dtype=np.float32)
    b = 0
    return w, b
