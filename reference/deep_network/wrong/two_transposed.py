"""Transposes the weights."""

EXERCISE = "initialize_parameters"
LOSES = ("shapes", "biases", "weights")
HINT = "W1 has a row for each input. In this lab, does a row belong to an input, or to a unit of the layer?"

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    W1 = np.random.randn(n_x, n_h) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_h, n_y) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
