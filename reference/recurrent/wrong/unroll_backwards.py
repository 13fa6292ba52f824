"""Goes through the sequence from the end."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "unchanged")
HINT = "You read the sequence from its end to its beginning. Time runs the other way."

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0
    states = []
    for x in X[::-1]:
        h = np.tanh(W_hh @ h + W_hx @ x)
        states.append(h)
    return np.array(states)
