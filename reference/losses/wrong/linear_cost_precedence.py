"""Divides by 2 and multiplies by m, for lack of parentheses."""

EXERCISE = "linear_cost"
LOSES = ("example", "drawn")
HINT = "Your cost grows with the number of examples. Python works from left to right: what happens after the 2?"

import numpy as np


def linear_cost(x, y, w, b):
    m = len(x)
    return np.sum((w * x + b - y) ** 2) / 2 * m
