"""Subtracts the largest score of each row first."""

EXERCISE = "softmax"

import numpy as np


def softmax(x):
    shifted = x - np.max(x, axis=1, keepdims=True)
    powers = np.exp(shifted)
    return powers / np.sum(powers, axis=1, keepdims=True)
