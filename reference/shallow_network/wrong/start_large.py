"""Forgets to make the weights small."""

EXERCISE = "initialize_parameters"
LOSES = ("small",)
HINT = "np.random.randn draws numbers around 0 of a size of about 1. Take a hundredth of it, in W1 and W2."

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {
        "W1": np.random.randn(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h),
        "b2": np.zeros((n_y, 1)),
    }
