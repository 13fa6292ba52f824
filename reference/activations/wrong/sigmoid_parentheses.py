"""Leaves out the parentheses around the denominator."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "Your answers are above 1. Python divides before it adds: what does your fraction line cover?"

import numpy as np


def sigmoid(z):
    return 1 / 1 + np.exp(-z)
