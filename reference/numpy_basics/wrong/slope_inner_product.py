"""Takes a matrix product where entries should be multiplied."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "One number comes out for a whole vector. Which product of two arrays works entry by entry?"

import numpy as np


def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.dot(s, 1 - s)
