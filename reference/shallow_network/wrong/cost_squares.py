"""Takes the mean of squares."""

EXERCISE = "compute_cost"
LOSES = ("example", "drawn", "single")
HINT = "This is the mean of squared differences. For probabilities the lab asks for logarithms."

import numpy as np


def compute_cost(A2, Y):
    return np.mean(np.square(A2 - Y))
