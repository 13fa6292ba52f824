"""Returns the cost of each example."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "You return a number for each example. How do they become one cost?"

import numpy as np


def compute_cost(AL, Y):
    cost = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return cost
