"""Adds inputs and weights instead of multiplying them."""

EXERCISE = "perceptron"
LOSES = ("example", "drawn", "on_the_line")
HINT = "Each input should be multiplied by its weight; in your sum the two are added."

import numpy as np


def perceptron(x, w, b):
    return 1 if np.sum(w + x) + b > 0 else 0
