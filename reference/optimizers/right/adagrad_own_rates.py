"""Computes a rate for each weight first."""

EXERCISE = "adagrad_step"

import numpy as np


def adagrad_step(w, dw, s, learning_rate, epsilon):
    s = s + np.square(dw)
    rates = learning_rate / (epsilon + s**0.5)
    return [w - rates * dw, s]
