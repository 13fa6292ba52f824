"""Puts epsilon under the root."""

EXERCISE = "rmsprop_step"
LOSES = ("epsilon",)
HINT = "Nearly right: your epsilon stands under the root. Where does the formula of this lab have it?"

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s = rho * s + (1 - rho) * dw**2
    return w - learning_rate * dw / np.sqrt(s + epsilon), s
