"""Transposes the weights."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("shapes", "biases", "weights")
HINT = "Your W has a row for each unit of the layer before. Which of the two layers do its rows belong to?"

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
