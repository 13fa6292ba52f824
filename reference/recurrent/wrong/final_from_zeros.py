"""Starts from zeros instead of h0."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "Your first step starts from zeros, whatever h0 is. Where does h0 come in?"

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = np.zeros_like(h0)
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
    return h
