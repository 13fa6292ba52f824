"""Starts counting at 1, so that the first input is never read."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "single", "unchanged")
HINT = "Your first row is empty and the first input has no effect. Python counts from 0."

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    states = np.zeros((len(X), len(h0)))
    h = h0
    for t in range(1, len(X)):
        h = np.tanh(W_hh @ h + W_hx @ X[t])
        states[t] = h
    return states
