"""Draws from 0 to 1 instead of around 0."""

EXERCISE = "initialize_parameters"
LOSES = ("small",)
HINT = "np.random.randn draws numbers around 0 of a size of about 1. Take a hundredth of it, in W1 and W2."

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {
        "W1": np.random.rand(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.rand(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }
