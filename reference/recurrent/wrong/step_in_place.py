"""Writes the new state over the old one."""

EXERCISE = "rnn_step"
LOSES = ("unchanged",)
HINT = "The numbers are right, but the state that was passed in was changed. Learning needs the old states too."

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    h[:] = np.tanh(np.dot(W_hh, h) + np.dot(W_hx, x))
    return h
