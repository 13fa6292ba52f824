"""Divides by the sum over all rows."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "All rows were divided by one and the same sum. How many sums of powers are there, for m examples?"

import numpy as np


def softmax_cost(Z, y):
    powers = np.exp(Z)
    A = powers / powers.sum()
    return -np.log(A[np.arange(len(y)), y]).sum()
