"""Returns the first state as well."""

EXERCISE = "rnn_unroll"
LOSES = ("example", "drawn", "single", "unchanged")
HINT = "There is one row too many: h0 came before the first input."

import numpy as np


def rnn_unroll(X, h0, W_hh, W_hx):
    states = [h0]
    for x in X:
        states.append(np.tanh(W_hh @ states[-1] + W_hx @ x))
    return np.array(states)
