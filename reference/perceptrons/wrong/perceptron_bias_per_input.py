"""Adds the bias once for each input."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "With one input you are right, with more the bias weighs too much. How often is b added in your code?"

import numpy as np


def perceptron(x, w, b):
    return 1 if np.sum(w * x + b) > 0 else 0
