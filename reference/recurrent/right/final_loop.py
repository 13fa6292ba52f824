"""Keeps only one state in a loop."""

EXERCISE = "rnn_final"

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = h0
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
    return h
