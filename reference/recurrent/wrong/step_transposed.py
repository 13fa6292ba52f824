"""Multiplies the state from the left."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "Your W_hh works as if its rows and columns were exchanged. On which side of it does the state stand?"

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return np.tanh(h @ W_hh + W_hx @ x)
