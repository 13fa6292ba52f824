"""Picks columns instead of one entry in each row."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "Indexing with A[:, y] takes whole columns, so examples are mixed. How do you pick one entry out of each row?"

import numpy as np


def softmax_cost(Z, y):
    powers = np.exp(Z)
    A = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(A[:, y]).sum()
