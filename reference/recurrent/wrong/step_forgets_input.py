"""Uses the old state alone."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "The input has no effect on your answer: your network does not hear what it is told."

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return np.tanh(W_hh @ h)
