"""Has the sign turned."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "The sigmoid rises everywhere, but your slopes are all negative."

import numpy as np


def sigmoid_derivative(z):
    a = 1 / (1 + np.exp(-z))
    return a * (a - 1)
