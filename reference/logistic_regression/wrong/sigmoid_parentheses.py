"""Leaves the parentheses around the denominator out."""

EXERCISE = "sigmoid"
LOSES = ("example", "number", "rows")
HINT = "Your answers are above 1. Python divides before it adds: what is divided by what in your line?"

import numpy as np


def sigmoid(z):
    return 1 / 1 + np.exp(-z)
