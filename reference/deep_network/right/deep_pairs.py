"""Goes through pairs of sizes."""

EXERCISE = "initialize_parameters_deep"

import itertools

import numpy as np


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l, (before, n) in enumerate(itertools.pairwise(layer_dims), start=1):
        parameters[f"W{l}"] = np.random.normal(0, 0.01, (n, before))
        parameters[f"b{l}"] = np.zeros((n, 1))
    return parameters
