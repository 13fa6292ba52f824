"""Squares the share as well."""

EXERCISE = "rmsprop_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "The share of the new gradient was squared along with it. What does the square belong to?"

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s = rho * s + ((1 - rho) * dw) ** 2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
