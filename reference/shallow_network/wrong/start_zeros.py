"""Begins with zeros everywhere."""

EXERCISE = "initialize_parameters"
LOSES = ("different", "small")
HINT = "All weights are 0. Then all hidden units compute the same, get the same gradient, and stay the same for ever."

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {
        "W1": np.zeros((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": np.zeros((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }
