"""Stores each state before the step instead of after it."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "single", "unchanged")
HINT = "Your first row is h0, and the last state is missing. When in the loop is a state stored?"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0
    states = []
    for x in X:
        states.append(h)
        h = np.tanh(W_hh @ h + W_hx @ x)
    return np.array(states)
