"""Keeps only the newest square."""

EXERCISE = "adagrad_step"
LOSES = ("example", "drawn", "epsilon", "still")
HINT = "Your sum holds the newest gradient alone. All earlier ones are still to be in it."

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
