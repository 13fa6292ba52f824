"""Stops one layer too early."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("shapes", "biases", "weights")
HINT = "The weights of the last layer are missing. range leaves out its end: does your L count layers, or sizes?"

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L - 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
