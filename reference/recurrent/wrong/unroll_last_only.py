"""Returns the last state alone."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "single", "unchanged")
HINT = "This is the last state, and it is right. Here the states of all steps are asked, a row for each."

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
    return h
