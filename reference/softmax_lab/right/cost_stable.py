"""With the largest output taken out before the powers."""

EXERCISE = "softmax_cost"

import numpy as np


def softmax_cost(Z, y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return np.sum(log_sums - shifted[np.arange(len(y)), y])
