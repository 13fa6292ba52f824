"""Computes in single precision."""

EXERCISE = "rnn_step"

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    x, h, W_hh, W_hx = (a.astype(np.float32) for a in (x, h, W_hh, W_hx))
    return np.tanh(W_hh.dot(h) + W_hx.dot(x))
