"""Lets np.heaviside decide, which returns real numbers."""

EXERCISE = "perceptron"

import numpy as np


def perceptron(x, w, b):
    return np.heaviside(np.sum(w * x) + b, 0)
