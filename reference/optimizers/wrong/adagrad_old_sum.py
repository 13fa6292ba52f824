"""Divides by the old sum."""

EXERCISE = "adagrad_step"
LOSES = ("example", "drawn", "epsilon", "still")
HINT = "You divided by the root of the sum from before this gradient came in. At the very first step that is 0."

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s + dw**2
