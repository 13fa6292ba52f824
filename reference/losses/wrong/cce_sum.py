"""Adds up without dividing."""

EXERCISE = "categorical_cross_entropy"
LOSES = ("example", "drawn")
HINT = "Your loss grows with the number of examples. The mean was asked."

import numpy as np


def categorical_cross_entropy(Y, P):
    return -np.sum(Y * np.log(P))
