"""Takes the right side's slope at 0."""

EXERCISE = "relu_derivative"
LOSES = ("at_zero",)
HINT = "Right everywhere but at 0 itself, where this lab takes the slope of the flat side."

import numpy as np


def relu_derivative(z):
    return np.where(z >= 0, 1.0, 0.0)
