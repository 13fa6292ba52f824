"""The right answers to the recurrent lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def rnn_step(x, h, W_hh, W_hx):
    """The next hidden state (n_h,) after the state h (n_h,) and the input x (n_x,): tanh(W_hh h + W_hx x).

    W_hh (n_h, n_h), W_hx (n_h, n_x); the simple recurrent network of Elman (1990), without a bias.
    """
    return np.tanh(W_hh @ h + W_hx @ x)


def rnn_unroll(X, h0, W_hh, W_hx):
    """All hidden states (T, n_h) over the inputs X (T, n_x), from the state h0 (n_h,) on."""
    states = []
    h = h0
    for x in X:
        h = rnn_step(x, h, W_hh, W_hx)
        states.append(h)
    return np.array(states)


def rnn_final(X, h0, W_hh, W_hx):
    """The hidden state (n_h,) after the last of the inputs X (T, n_x), from the state h0 (n_h,) on."""
    return rnn_unroll(X, h0, W_hh, W_hx)[-1]
