"""Gives each part the matrix of the other."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "Look at the shapes: W_hx has a column for each input, W_hh one for each entry of the state."

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return np.tanh(W_hx @ h + W_hh @ x)
