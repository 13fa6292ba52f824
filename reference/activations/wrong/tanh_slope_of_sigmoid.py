"""Uses the pattern of the sigmoid's slope."""

EXERCISE = "tanh_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "a (1 - a) belongs to the sigmoid. With tanh it is 0 at 0, where the curve is steepest."

import numpy as np


def tanh_derivative(z):
    a = np.tanh(z)
    return a * (1 - a)
