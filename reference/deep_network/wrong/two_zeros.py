"""Starts the weights at zero."""

EXERCISE = "initialize_parameters"
LOSES = ("weights",)
HINT = (
    "All your weights are 0, so all units of a layer compute the same, and learn the same, for ever. What "
    "makes them differ?"
)

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    W1 = np.zeros((n_h, n_x))
    b1 = np.zeros((n_h, 1))
    W2 = np.zeros((n_y, n_h))
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
