"""Corrects the first average only."""

EXERCISE = "adam_step"
LOSES = ("example", "drawn", "first", "epsilon")
HINT = "One of the two averages is not corrected. Which?"

import numpy as np


def adam_step(w, dw, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    return w - learning_rate * m / (1 - beta1**t) / (np.sqrt(v) + epsilon), m, v
