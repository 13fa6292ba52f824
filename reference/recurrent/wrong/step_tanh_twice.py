"""Applies the activation to both parts separately."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "Both parts went through tanh before they were added. The activation comes last, once, over the sum."

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return np.tanh(W_hh @ h) + np.tanh(W_hx @ x)
