"""Forgets the square."""

EXERCISE = "tanh_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "On the left your slopes are above 1. What happens to the sign of a when it is squared?"

import numpy as np


def tanh_derivative(z):
    return 1 - np.tanh(z)
