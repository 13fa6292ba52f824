"""Divides by the square root of the layer before in place of the factor 0.01."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("weights",)
HINT = "This scale, one over a square root, belongs to the next lab. Here one factor is asked for in every layer."

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
