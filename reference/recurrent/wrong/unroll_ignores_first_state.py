"""Starts from zeros instead of h0."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "single", "unchanged")
HINT = "Your first step starts from zeros, whatever h0 is. Where does h0 come in?"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = np.zeros(len(h0))
    states = []
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
        states.append(h)
    return np.array(states)
