"""Takes the logarithm of the mean probability."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "You took the mean first and the logarithm after it. Each example has a logarithm of its own."

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.log(np.sum(Y * P) / len(Y))
