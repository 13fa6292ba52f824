"""Multiplies matrices and vectors entry by entry."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "The star multiplies entry by entry. Which operator sums along the rows, as a matrix does with a vector?"

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return np.tanh(W_hh * h + W_hx * x)
