"""Adds where it should subtract."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "Your slope is largest on the right, where the curve is flat. Check the sign inside the parentheses."

import numpy as np


def sigmoid_derivative(z):
    a = 1 / (1 + np.exp(-z))
    return a * (1 + a)
