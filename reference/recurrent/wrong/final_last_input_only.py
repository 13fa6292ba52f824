"""Takes only the last input, from the first state."""

EXERCISE = "rnn_final"
LOSES = ("example", "drawn")
HINT = "Only the last input has an effect on your answer. The state should carry what came before it."

import numpy as np


def rnn_final(X, h0, W_hh, W_hx):
    return np.tanh(W_hh @ h0 + W_hx @ X[-1])
