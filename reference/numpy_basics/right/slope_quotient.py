"""Writes the slope as a quotient of powers of e."""

EXERCISE = "sigmoid_derivative"

import numpy as np


def sigmoid_derivative(x):
    return np.exp(-x) / np.square(1 + np.exp(-x))
