"""Writes the states into the array h0."""

EXERCISE = "rnn_unroll"
LOSES = ("unchanged",)
HINT = "The states are right, but h0 was overwritten on the way. The next sequence would start from another state."

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    states = np.zeros((len(X), len(h0)))
    for t in range(len(X)):
        h0[:] = np.tanh(W_hh @ h0 + W_hx @ X[t])
        states[t] = h0
    return states
