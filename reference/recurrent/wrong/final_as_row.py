"""Returns a matrix with a single row."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "The numbers are right, but they come as a matrix with one row. The state is a vector."

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = h0
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
    return h.reshape(1, -1)
