"""Draws the biases as well."""

EXERCISE = "initialize_parameters"
LOSES = ("biases",)
HINT = "Only weights need chance. Biases may begin at zero, all of them."

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.random.randn(n_h, 1) * 0.01,
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.random.randn(n_y, 1) * 0.01,
    }
