"""Goes row by row."""

EXERCISE = "softmax"

import numpy as np


def softmax(x):
    s = np.zeros(x.shape)
    for i in range(x.shape[0]):
        powers = np.exp(x[i])
        s[i] = powers / powers.sum()
    return s
