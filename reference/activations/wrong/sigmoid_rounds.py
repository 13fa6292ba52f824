"""Decides between 0 and 1."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "shapes")
HINT = "Your answers are 0 or 1 only. The sigmoid gives a probability; deciding comes later."

import numpy as np


def sigmoid(z):
    return np.round(1 / (1 + np.exp(-z)))
