"""Returns the states of all steps."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "These are all states, one row for each step. Only the last one is asked."

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    h = h0
    states = []
    for x in X:
        h = np.tanh(W_hh @ h + W_hx @ x)
        states.append(h)
    return np.array(states)
