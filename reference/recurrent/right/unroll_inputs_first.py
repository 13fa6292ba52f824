"""Multiplies all inputs at once, before the loop."""

EXERCISE = "rnn_unroll"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    parts = X @ W_hx.T
    states, h = [], h0
    for part in parts:
        h = np.tanh(part + W_hh @ h)
        states.append(h)
    return np.stack(states)
