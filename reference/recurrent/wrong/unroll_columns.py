"""Returns a column for each step."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "single", "unchanged")
HINT = "The numbers are right. Here each step has a row, as in X."

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0
    states = []
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
        states.append(h)
    return np.array(states).T
