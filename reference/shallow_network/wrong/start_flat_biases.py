"""Makes flat biases."""

EXERCISE = "initialize_parameters"
LOSES = ("shapes",)
HINT = "A layer's W has a row for each of its units and a column for each of its inputs; b is a column."

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.zeros(n_h),
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.zeros(n_y),
    }
