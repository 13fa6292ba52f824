"""Counts the layers from 0."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("shapes", "biases", "weights")
HINT = "Your first weights are called W0. In this lab layer 0 is the input, so what is the first W called?"

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l - 1)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l - 1)] = np.zeros((layer_dims[l], 1))
    return parameters
