"""Adds up the squares as AdaGrad does."""

EXERCISE = "rmsprop_step"
LOSES = ("example", "drawn", "epsilon")
HINT = "Your s only grows, as in AdaGrad. Here it is an average that forgets."

import numpy as np


def rmsprop_step(w, dw, s, learning_rate, rho, epsilon):
    s = s + dw**2
    return w - learning_rate * dw / (np.sqrt(s) + epsilon), s
