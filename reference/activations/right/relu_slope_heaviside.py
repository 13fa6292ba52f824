"""Uses np.heaviside."""

EXERCISE = "relu_derivative"

import numpy as np


def relu_derivative(z):
    return np.heaviside(z, 0)
