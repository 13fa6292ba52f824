"""Returns after the first step."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "This is the state after the first input. When does your loop return: after one step, or after all?"

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = h0
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
        return h
