"""Uses the input alone."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "The old state has no effect on your answer. A network without it has no memory."

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return np.tanh(W_hx @ x)
