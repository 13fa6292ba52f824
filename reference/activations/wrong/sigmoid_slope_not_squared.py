"""Forgets the square in the quotient."""

EXERCISE = "sigmoid_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "Your answers do not become small on the left. The denominator of the quotient appears twice."

import numpy as np


def sigmoid_derivative(z):
    return np.exp(-z) / (1 + np.exp(-z))
