"""Takes the last row of all states."""

EXERCISE = "rnn_final"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0
    states = []
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
        states.append(h)
    return np.array(states)


def rnn_final(X, h0, W_hh, W_hx):
    H = rnn_unroll(X, h0, W_hh, W_hx)
    return H[len(X) - 1]
