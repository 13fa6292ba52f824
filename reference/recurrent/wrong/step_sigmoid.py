"""Uses the sigmoid."""

EXERCISE = "rnn_step"
LOSES = ("example", "drawn", "unchanged")
HINT = "Your states are never negative: that is the sigmoid. This lab uses tanh."

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    return 1 / (1 + np.exp(-(W_hh @ h + W_hx @ x)))
