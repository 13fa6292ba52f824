"""Subtracts the square from 1."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "That is the pattern of the slope of tanh. At 0 the sigmoid's slope should be one quarter."

import numpy as np


def sigmoid_derivative(z):
    a = 1 / (1 + np.exp(-z))
    return 1 - a**2
