"""Forgets the bias."""

EXERCISE = "relu_unit"
LOSES = ("example", "drawn")
HINT = "Every unit bends at x = 0. Which of the arguments moves the bend somewhere else?"

import numpy as np


def relu_unit(x, w, b):
    return np.maximum(0, w * x)
