"""Rounds to three digits."""

EXERCISE = "sigmoid"
LOSES = ("example", "drawn", "number", "shapes")
HINT = (
    "Close, but your answers have only three digits. Keep all of them; rounding is for the eye, not for the "
    "computation."
)

import numpy as np


def sigmoid(x):
    return np.round(1 / (1 + np.exp(-x)), 3)
