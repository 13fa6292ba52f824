"""Returns the sigmoid itself."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "This is the sigmoid. Its slope is small where it is close to 0 and where it is close to 1."

import numpy as np


def sigmoid_derivative(z):
    return 1 / (1 + np.exp(-z))
