"""Multiplies sum and difference."""

EXERCISE = "tanh_derivative"

import numpy as np


def tanh_derivative(z):
    a = np.tanh(z)
    return (1 - a) * (1 + a)
