"""Powers and their sum, in one line each."""

EXERCISE = "my_softmax"

import numpy as np


def my_softmax(z):
    ez = np.exp(z)
    return ez / np.sum(ez)
