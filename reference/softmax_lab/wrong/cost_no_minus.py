"""Forgets the minus sign."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "Your cost is below 0. What sign has the logarithm of a probability?"

import numpy as np


def softmax_cost(Z, y):
    powers = np.exp(Z)
    A = powers / powers.sum(axis=1, keepdims=True)
    return np.log(A[np.arange(len(y)), y]).sum()
