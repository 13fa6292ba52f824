"""Draws from rand in place of randn."""

EXERCISE = "initialize_parameters"
LOSES = ("weights",)
HINT = "None of your weights is below 0. Which function draws from the normal distribution, around 0?"

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(1)
    W1 = np.random.rand(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.rand(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
