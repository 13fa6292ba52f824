"""Uses the hyperbolic cosine."""

EXERCISE = "tanh_derivative"

import numpy as np


def tanh_derivative(z):
    return 1 / np.cosh(z) ** 2
