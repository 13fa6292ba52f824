"""Fires when the weighted sum is exactly 0."""

EXERCISE = "perceptron"
LOSES = ("drawn", "on_the_line")
HINT = (
    "Right everywhere but on the line itself, where the weighted sum is 0. Look once more at the sign between sum"
    " and 0."
)

import numpy as np


def perceptron(x, w, b):
    return 1 if np.dot(w, x) + b >= 0 else 0
