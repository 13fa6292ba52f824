"""Draws from rand in place of randn."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("weights",)
HINT = "None of your weights is below 0. randn and rand differ by more than a letter: where is the middle of each?"

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.rand(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
