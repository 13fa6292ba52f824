"""Takes the mean of both slopes at 0."""

EXERCISE = "relu_derivative"
LOSES = ("at_zero",)
HINT = "At 0 you answer one half. This lab takes the slope of the flat side there."

import numpy as np


def relu_derivative(z):
    return np.heaviside(z, 0.5)
