"""Computes the hyperbolic tangent."""

EXERCISE = "sigmoid"
LOSES = ("example", "number", "rows")
HINT = "Your answers run from -1 to 1 and pass through 0. The sigmoid runs from 0 to 1."

import numpy as np


def sigmoid(z):
    return np.tanh(z)
