"""Makes ones like z."""

EXERCISE = "linear_derivative"

import numpy as np


def linear_derivative(z):
    return np.ones_like(z)
