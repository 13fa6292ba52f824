"""Gives every unit of a layer the same weights."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("weights",)
HINT = (
    "All rows of your W are equal, so the units of a layer are copies of each other. How many numbers have to be drawn?"
)

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.ones((layer_dims[l], 1)) * np.random.randn(1, layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
