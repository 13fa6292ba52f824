"""Applies softmax along the columns."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "Your columns sum to 1, not your rows. Along which axis lie the classes of one example?"

import numpy as np


def softmax_cost(Z, y):
    powers = np.exp(Z)
    A = powers / powers.sum(axis=0)
    return -np.log(A[np.arange(len(y)), y]).sum()
