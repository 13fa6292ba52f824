"""Starts the weights at zero."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("weights",)
HINT = "All weights are 0. Then all units of a layer get the same gradient: how would they ever become different?"

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
