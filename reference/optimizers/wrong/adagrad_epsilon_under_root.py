"""Puts epsilon under the root."""

EXERCISE = "adagrad_step"
LOSES = ("epsilon",)
HINT = "Nearly right: your epsilon stands under the root. Where does the formula of this lab have it?"

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = s + dw**2
    return w - learning_rate * dw / np.sqrt(s + epsilon), s
