"""Averages the gradients."""

EXERCISE = "rmsprop_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "You averaged the gradients. What of them is averaged, so that the sign does not matter?"

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s = rho * s + (1 - rho) * np.abs(dw)
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
