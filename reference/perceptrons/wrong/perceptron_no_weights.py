"""Adds the inputs up without their weights."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "All inputs count alike in your sum. What is w for?"

import numpy as np


def perceptron(x, w, b):
    return 1 if np.sum(x) + b > 0 else 0
