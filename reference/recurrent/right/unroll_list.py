"""Returns a list of states, computed in single precision."""

EXERCISE = "rnn_unroll"

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    h = h0.astype(np.float32)
    states = []
    for x in X.astype(np.float32):
        h = np.tanh(W_hh.astype(np.float32) @ h + W_hx.astype(np.float32) @ x)
        states.append(h)
    return states
