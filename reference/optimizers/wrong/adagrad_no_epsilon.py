"""Leaves epsilon out."""

EXERCISE = "adagrad_step"
LOSES = ("epsilon", "still")
HINT = "A weight that never had a gradient becomes nan: 0 / 0. Which small number prevents that?"

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = s + dw**2
    with np.errstate(all="ignore"):
        return w - learning_rate * dw / np.sqrt(s), s
