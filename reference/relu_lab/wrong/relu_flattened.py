"""Builds a list of the entries and loses the shape of a matrix."""

EXERCISE = "relu"
LOSES = ("shapes",)
HINT = "For a matrix your answer is one long row. How can the shape of z be kept?"

import numpy as np


def relu(z):
    return np.array([max(0, v) for v in z.ravel()])
