"""Takes the logarithm of the labels."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "The logarithm of a label 0 has no value. Which of Y and AL stands inside the logarithm?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(AL * np.log(Y + 1e-9) + (1 - AL) * np.log(1 - Y + 1e-9)) / m
    return np.squeeze(cost)
