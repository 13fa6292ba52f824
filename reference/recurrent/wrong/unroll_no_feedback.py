"""Starts every step from the first state."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "unchanged")
HINT = "The first row is right. Every step of yours starts from h0: which state should the second one start from?"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    return np.array([np.tanh(W_hh @ h0 + W_hx @ x) for x in X])
