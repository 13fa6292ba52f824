"""Exchanges the labels."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "A sure and right prediction costs you most. Which logarithm counts when y is 1?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum((1 - Y) * np.log(AL) + Y * np.log(1 - AL)) / m
    return np.squeeze(cost)
