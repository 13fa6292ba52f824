"""Returns 0."""

EXERCISE = "linear_derivative"
LOSES = ("example", "drawn", "shapes")
HINT = "A slope of 0 belongs to a flat line. This one rises."

import numpy as np


def linear_derivative(z):
    return np.zeros(z.shape)
