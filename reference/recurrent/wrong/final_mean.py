"""Returns the mean of all states."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "This is the mean of all states. The last one already knows of the others."

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = h0
    total = 0
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
        total = total + h
    return total / len(X)
