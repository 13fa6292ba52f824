"""Applies ReLU to the input instead of the line."""

EXERCISE = "relu_unit"
LOSES = ("example", "drawn")
HINT = "ReLU came too early: negative x is lost before the weight has seen it. What is the function applied to?"

import numpy as np


def relu_unit(x, w, b):
    return w * np.maximum(0, x) + b
