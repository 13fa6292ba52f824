"""Calls itself for all inputs but the last."""

EXERCISE = "rnn_final"

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    if len(X) == 0:
        return h0
    before = rnn_final(X[:-1], h0, W_hh, W_hx)
    return np.tanh(np.dot(W_hh, before) + np.dot(W_hx, X[-1]))
