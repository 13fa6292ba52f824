"""Takes the mean of the losses."""

EXERCISE = "softmax_cost"
LOSES = ("example", "drawn")
HINT = "Your cost is too small by the number of examples. Is the mean asked here, or the sum?"

import numpy as np


def softmax_cost(Z, y):
    powers = np.exp(Z)
    A = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(A[np.arange(len(y)), y]).mean()
