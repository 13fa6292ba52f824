"""Draws from a normal distribution of that width."""

EXERCISE = "initialize_parameters"

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng()
    parameters = {}
    for layer, (rows, columns) in enumerate(((n_h, n_x), (n_y, n_h)), start=1):
        parameters[f"W{layer}"] = rng.normal(0, 0.01, size=(rows, columns))
        parameters[f"b{layer}"] = np.zeros((rows, 1))
    return parameters
