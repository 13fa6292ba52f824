"""Adds the bias after ReLU."""

EXERCISE = "relu_unit"
LOSES = ("example", "drawn")
HINT = "Where the unit should be silent it returns its bias. Does the bias move the line, or what comes out in the end?"

import numpy as np


def relu_unit(x, w, b):
    return np.maximum(0, w * x) + b
