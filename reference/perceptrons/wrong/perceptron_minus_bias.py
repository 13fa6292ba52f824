"""Subtracts the bias, as if it were a threshold."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "Your neuron treats b as a threshold to be reached. A bias is added to the sum, and the sum is compared with 0."

import numpy as np


def perceptron(x, w, b):
    return 1 if np.dot(w, x) - b > 0 else 0
