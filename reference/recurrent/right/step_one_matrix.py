"""Puts both matrices side by side, and state and input in a row."""

EXERCISE = "rnn_step"

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    W = np.hstack([W_hh, W_hx])
    return np.tanh(np.dot(W, np.concatenate([h, x])))
