"""Stands the sums up by hand."""

EXERCISE = "softmax"

import numpy as np


def softmax(x):
    powers = np.exp(x)
    return powers / np.sum(powers, axis=1).reshape(x.shape[0], 1)
