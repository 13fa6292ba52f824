"""Stops one step before the end."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "The last input has no effect on your answer. How many steps does your loop take?"

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = h0
    for t in range(len(X) - 1):
        h = np.tanh(W_hh @ h + W_hx @ X[t])
    return h
