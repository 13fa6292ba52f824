"""Adds up the gradients."""

EXERCISE = "adagrad_step"
LOSES = ("example", "drawn", "epsilon", "still")
HINT = "Your sum can shrink, and become negative. What of the gradient is added up?"

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = s + dw
    return w - learning_rate * dw / (np.sqrt(np.abs(s)) + epsilon), s
