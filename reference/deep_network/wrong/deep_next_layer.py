"""Takes the bias from the layer before."""

EXERCISE = "initialize_parameters_deep"
LOSES = ("shapes", "biases", "weights")
HINT = "Your b has an entry for each unit of the layer before. To which units is it added?"

import numpy as np


def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l - 1], 1))
    return parameters
