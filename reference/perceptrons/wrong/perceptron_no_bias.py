"""Leaves the bias out."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "The weighted inputs are right; b has no effect on your answer. Where does it come in?"

import numpy as np


def perceptron(x, w, b):
    return 1 if np.dot(w, x) > 0 else 0
