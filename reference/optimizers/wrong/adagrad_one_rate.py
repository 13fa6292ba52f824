"""Adds up over all weights."""

EXERCISE = "adagrad_step"
LOSES = ("example", "drawn", "epsilon", "still")
HINT = "All weights share one sum in your code. In AdaGrad each has its own."

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = s + np.sum(dw**2)
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
