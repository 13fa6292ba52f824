"""Applies the sigmoid twice."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "The sigmoid was taken of something that is already a sigmoid. How often should it be taken?"

import numpy as np


def sigmoid_derivative(z):
    a = 1 / (1 + np.exp(-z))
    b = 1 / (1 + np.exp(-a))
    return b * (1 - b)
