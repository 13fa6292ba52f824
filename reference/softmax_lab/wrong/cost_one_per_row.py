"""Returns a loss for each example."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "One loss for each example came back. What makes a cost of them?"

import numpy as np


def softmax_cost(Z, y):
    powers = np.exp(Z)
    A = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(A[np.arange(len(y)), y])
