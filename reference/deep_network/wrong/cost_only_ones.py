"""Leaves out the examples with label 0."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Examples with y = 0 add nothing to your cost. Which part of the formula speaks of them?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL)) / m
    return np.squeeze(cost)
