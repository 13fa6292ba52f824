"""Stores the same array again and again and writes into it."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "unchanged")
HINT = "All your rows are the last state: the list holds one and the same array many times. When is a new one made?"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0.copy()
    states = []
    for x in X:
        h[:] = np.tanh(W_hh @ h + W_hx @ x)
        states.append(h)
    return np.array(states)
