"""Fills in ones by a mask."""

EXERCISE = "relu_derivative"

import numpy as np


def relu_derivative(z):
    slope = np.zeros(z.shape)
    slope[z > 0] = 1
    return slope
