"""Takes logarithms to base 2."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "Your cost is 1.44 times what it should be, for every input. Which base does the logarithm have?"

import numpy as np


def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL)) / m
    return np.squeeze(cost)
